export * from '../model/Action.js'
