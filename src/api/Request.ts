export * from '../model/Request.js'
