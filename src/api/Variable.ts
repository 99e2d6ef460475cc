export * from '../model/Variable.js'
