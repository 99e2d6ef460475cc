export * from '../model/Arn.js'
