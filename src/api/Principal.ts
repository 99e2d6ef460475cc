export * from '../model/Principal.js'
