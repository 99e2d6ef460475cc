import { Document } from 'ecr-policy'
for(const n of [50_000,100_000,200_000]){
 const d={Version:'2012-10-17',Statement:{Effect:'Allow',Action:'ecr:*',Resource:'arn:aws:s3:::'+'${a:b}'.repeat(n)}}
 const t=Date.now();const r=Document.parse(d,'identity');console.log('res',n,r._tag,Date.now()-t,'ms')
}
for(const n of [100_000,200_000]){
 const d={Version:'2012-10-17',Statement:{Effect:'Allow',Action:'ecr:*',Resource:'*',Condition:{StringEquals:{'a:b':'${a:b}'.repeat(n)}}}}
 const t=Date.now();const r=Document.parse(d,'managed');console.log('cond managed',n,r._tag,Date.now()-t,'ms')
}
