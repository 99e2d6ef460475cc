import { Document, Scenario, Ecr } from 'ecr-policy'
const st={Effect:'Allow',Action:'ecr:*',Resource:'*'}
const doc={Version:'2012-10-17',Statement:st}
let deep:any='x';for(let i=0;i<10000;i++)deep=[deep]
let deepO:any={};{let c=deepO;for(let i=0;i<10000;i++){c.a={};c=c.a}}
const cyc:any={Version:'2012-10-17'};cyc.Statement=cyc
const cyc2:any={...doc,Statement:{...st,Action:[]}};cyc2.Statement.Action.push(cyc2.Statement.Action)
const thrower={get Version(){throw new Error('boom')},Statement:st}
const big='a'.repeat(10_000_000)
const rev=Proxy.revocable({},{});rev.revoke()
const inputs:Record<string,unknown>={
 proto:'{"__proto__":{"polluted":1},"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}',
 protoCond:'{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"__proto__":"x","constructor":["y"]}}}}',
 protoOp:'{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"__proto__":{"a:b":"x"},"toString":{"a:b":"1"}}}}',
 protoPrin:'{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Principal":{"__proto__":"x"}}}',
 cyc,cyc2,thrower,deep,deepStmt:{...doc,Statement:{...st,Action:deep}},deepCond:{...doc,Statement:{...st,Condition:deepO}},
 deepText:'['.repeat(10000)+']'.repeat(10000),deepText2:'['.repeat(5_000_000),deepObj:'{"a":'.repeat(100000),
 big,bigq:'"'+big+'"',bigAction:{...doc,Statement:{...st,Action:big}},bigRes:{...doc,Statement:{...st,Resource:'arn:aws:ecr:'+'*a'.repeat(2_000_000)}},
 bigVar:{...doc,Statement:{...st,Resource:'arn:aws:s3:::'+'${'.repeat(2_000_000)}},
 bigVarQ:{...doc,Statement:{...st,Resource:'arn:aws:s3:::'+"${a,'".repeat(1_000_000)}},
 many:{...doc,Statement:Array.from({length:200000},()=>({Effect:'x'}))},
 manyActions:{...doc,Statement:{...st,Action:Array.from({length:300000},(_,i)=>'ecr:x'+i)}},
 manyUnknown:Object.fromEntries(Array.from({length:100000},(_,i)=>['Statemen'+i,1])),
 lone:{...doc,Statement:{...st,Sid:'\ud800'}},loneKey:{...doc,'\udfff':1},loneText:'{"Version":"\\ud800"}',
 hugeNum:'{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"a:b":1e99999}}}}',
 hugeNum2:'{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"a:b":9007199254740993}}}}',
 num53:{...doc,Statement:{...st,Condition:{NumericEquals:{'a:b':2**60}}}},nan:{...doc,Statement:{...st,Condition:{NumericEquals:{'a:b':NaN}}}},negzero:{...doc,Statement:{...st,Condition:{NumericEquals:{'a:b':-0}}}},
 bigint:{...doc,Statement:{...st,Condition:{NumericEquals:{'a:b':10n}}}},
 proxy:new Proxy({},{get(){throw new Error('p')},ownKeys(){throw new Error('k')},has(){throw new Error('h')},getPrototypeOf(){throw new Error('g')},getOwnPropertyDescriptor(){throw new Error('d')}}),
 proxyOk:new Proxy(doc,{}),revoked:rev.proxy,revokedIn:{...doc,Statement:rev.proxy},
 proxyInf:new Proxy([] as any,{get(t,k){return k==='length'?2**32-1:st}}),
 proxyArr:{...doc,Statement:new Proxy([] as any,{get(t,k){return k==='length'?2**32-1:Reflect.get(t,k)}})},
 sparse:{...doc,Statement:new Array(2**32-1)},sparseA:{...doc,Statement:{...st,Action:new Array(2**31)}},
 undef:undefined,nul:null,sym:Symbol('x'),fn:()=>1,date:new Date(),map:new Map(),nullproto:Object.assign(Object.create(null),doc),cls:new (class{Version='2012-10-17';Statement=st})(),
 stringObj:new String(JSON.stringify(doc)),toJSON:{toJSON(){throw new Error('tj')}},arrLike:{...doc,Statement:{0:st,length:1}},
 symkey:{...doc,[Symbol('a')]:1},getterState:(()=>{let n=0;return{...doc,get Statement(){return n++?{Effect:'Deny',Action:'*',Resource:'*'}:st}}})(),
 empty:'',space:'   ',nullText:'null',
}
const kinds=[undefined,'identity','ecr-repository','managed','bogus','__proto__'] as any[]
for(const [n,v] of Object.entries(inputs)){
 for(const k of [undefined,'managed'] as any[]){const t0=Date.now();let out
 try{const r:any=Document.parse(v,k);out=r._tag==='Left'?`Left ${r.left.length} ${String(r.left[0].pointer).slice(0,60)} ${r.left[0].code} ${r.left[0].message.slice(0,90)}`:'Right';if(r._tag==='Right'){Document.stringify(r.right)}}catch(e:any){out='!!THROW '+String(e?.message).slice(0,200)}
 const ms=Date.now()-t0;if(k===undefined||out.startsWith('!!')||ms>1500)console.log(n,k??'',out.slice(0,180).replace(/\n/g,' '),ms>300?`SLOW ${ms}ms`:'')}
 const t0=Date.now();try{const r:any=Scenario.parse({request:{principal:'anonymous',action:'ecr:X',resource:'*',context:v},identityPolicies:[v]});Scenario.parse(v)}catch(e:any){console.log('!!SCEN THROW',n,String(e?.message).slice(0,200))}
 if(Date.now()-t0>1500)console.log('SCEN SLOW',n,Date.now()-t0)
}
for(const k of ['bogus','__proto__','constructor'] as any[])try{const r=Document.parse(doc,k);console.log('kind',k,(r as any)._tag)}catch(e:any){console.log('!!kind',k,e.message)}
console.log('polluted',({} as any).polluted)
