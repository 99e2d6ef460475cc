export * from '../model/Resource.js'
