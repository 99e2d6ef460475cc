export * from '../model/Statement.js'
