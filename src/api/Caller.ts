export * from '../model/Caller.js'
