export * from '../model/Context.js'
