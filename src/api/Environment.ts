export * from '../model/Environment.js'
