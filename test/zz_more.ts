import { Scenario, Document, Ecr } from 'ecr-policy'
const A='111122223333',B='444455556666'
const U=`arn:aws:iam::${A}:user/alice`,S=`arn:aws:sts::${A}:assumed-role/node/s1`,R=`arn:aws:iam::${A}:role/node`
const repo=(a=A)=>`arn:aws:ecr:eu-west-1:${a}:repository/app`
const d=(...s:any[])=>({Version:'2012-10-17',Statement:s})
const al=(o:any={})=>({Effect:'Allow',Action:'ecr:*',Resource:'*',...o})
const run=(n:string,j:any)=>{try{const x=Scenario.run(Scenario.parseOrThrow(j));console.log(n,x.outcome,JSON.stringify(x.reason).slice(0,300))}catch(e:any){console.log(n,'THROW',e.message)}}
const q=(p:any,o:any={})=>({request:{principal:p,action:'ecr:BatchGetImage',resource:repo(),...o}})
run('GetAuthorizationToken on repo ARN, direct resource grant',{...q(U,{action:'ecr:GetAuthorizationToken'}),resourcePolicy:d({Effect:'Allow',Principal:'*',Action:'ecr:*'})})
run('GetAuthorizationToken on repo ARN, id ARN',{...q(U,{action:'ecr:GetAuthorizationToken'}),identityPolicies:[d(al({Resource:repo()}))]})
run('cross CreateRepository by repo policy',{...q(U,{action:'ecr:CreateRepository',resource:repo(B)}),identityPolicies:[d(al())],resourcePolicy:d({Effect:'Allow',Principal:'*',Action:'ecr:*'})})
run('s3 no resourceAccount',{request:{principal:U,action:'s3:GetObject',resource:'arn:aws:s3:::b/k'},identityPolicies:[d(al({Action:'s3:*'}))]})
run('short SM-R5 deny',{...q(U),identityPolicies:[d(al(),{Effect:'Deny',Action:'*',Resource:'arn:aws:ecr:*:repository/app'})]})
run('4seg SM-R5',{...q(U),identityPolicies:[d(al({Resource:'arn:aws:ecr:*repository/app'}))]})
run('var in account seg deny',{...q(U),identityPolicies:[d(al(),{Effect:'Deny',Action:'*',Resource:'arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*'})]})
run('management SLR fact for RCP on user',{...q(U),identityPolicies:[d(al())],facts:{principalIsServiceLinkedRole:true},serviceControlPolicies:[[d({...al(),Effect:'Deny'})]]})
run('aws managed kms key RCP',{request:{principal:U,action:'kms:Decrypt',resource:`arn:aws:kms:eu-west-1:${A}:alias/aws/ecr`},identityPolicies:[d(al({Action:'*'}))],resourcePolicy:d({Effect:'Allow',Principal:{AWS:A},Action:'kms:*'}),resourceControlPolicies:[[d({Effect:'Deny',Principal:'*',Action:'kms:*',Resource:'*'})]]})
run('sts:GetCallerIdentity',{request:{principal:U,action:'sts:GetCallerIdentity',resource:'*'}})
run('iam user reads own managed aws policy',{request:{principal:U,action:'iam:GetPolicy',resource:'arn:aws:iam::aws:policy/X'},identityPolicies:[d(al({Action:'*'}))]})
run('RCP on cross partition',{...q(U,{resource:`arn:aws-cn:ecr:cn-north-1:${B}:repository/a`}),identityPolicies:[d(al())]})
run('both missing cross reason',{...q(U,{resource:repo(B)})})
run('scp silent + id missing reason',{...q(U),serviceControlPolicies:[[]]})
run('KMS grant role, boundary',{request:{principal:S,action:'kms:Decrypt',resource:`arn:aws:kms:eu-west-1:${A}:key/x`},permissionsBoundary:d(al()),resourcePolicy:d({Effect:'Allow',Principal:{AWS:R},Action:'kms:*'})})
run('U-2 Deny on multivalued plain',{...q(U,{context:{'aws:TagKeys':['a','b']}}),identityPolicies:[d(al(),{Effect:'Deny',Action:'*',Resource:'*',Condition:{StringEquals:{'aws:TagKeys':'a'}}})]})
// scenario usability
for(const j of [{request:{principal:'arn:aws:iam::1:role/x',action:'BatchGetImage',resource:'app'}},{reqest:{}},{request:{principal:U,action:'ecr:BatchGetImage',resource:repo(),context:{a:1,b:null}}},{...q(U),serviceControlPolicies:[d(al())]},{...q(U),identityPolicies:d(al())},{...q(U),expect:'allowed'},{...q(U),facts:{x:1}},{...q('arn:aws:iam::111122223333:group/g')},{...q(U,{action:'ecr:*'})},{...q(U,{resource:'arn:aws:ecr:eu-west-1:*:repository/x'})}] as any[]){const r:any=Scenario.parse(j);console.log(r._tag,r._tag==='Left'?r.left.map((e:any)=>`${e.pointer} [${e.code}] ${e.message} (${e.suggestion})`).join('\n   '):'')}
// review
const rv=(s:any,k:any)=>{const x=Document.parse({Version:'2012-10-17',Statement:s},k) as any;console.log('REVIEW',k,x._tag==='Left'?x.left:Ecr.renderFindings(Ecr.review(x.right,k)))}
rv(al({Condition:{IpAddress:{'aws:SourceIp':'10.0.0.0/33'},DateLessThan:{'aws:CurrentTime':'tomorrow'},NumericEquals:{'a:b':'x'},Null:{'a:c':'maybe'}}}),'identity')
rv(al({Resource:'arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*'}),'identity')
rv({Effect:'Allow',Principal:{AWS:A},Action:['ecr:GetAuthorizationToken','ecr:BatchGetImages'],Resource:'*'},'ecr-repository')
rv({Effect:'Deny',Principal:'*',Action:'ecr:PutImage',Resource:'*'},'endpoint')
rv([al({Action:'ecr:GetAuthorizationToken',Resource:'arn:aws:ecr:*:*:repository/x'}),al({Resource:'arn:aws:ecr:eu-west-1:111122223333:repository/app/*',Action:'ecr:BatchGetImage'})],'identity')
rv({Effect:'Allow',Principal:{AWS:`arn:aws:sts::${A}:assumed-role/n/s`},Action:'ecr:BatchGetImage'},'ecr-repository')
rv({Effect:'Allow',Principal:{Service:'lambda.amazonaws.com'},Action:'ecr:BatchGetImage'},'ecr-repository')
rv(al({Condition:{StringEquals:{'aws:TagKeys':['a','b']}}}),'identity')
