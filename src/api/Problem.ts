export * from '../model/Problem.js'
