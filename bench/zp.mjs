import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, startStore } from './process.mjs';
import { fill, partnerName } from './fill.mjs';
import { connectStores } from '../dist/adapters/mongo/connect.js';
import { collections } from '../dist/core/collections.js';
const d = await mkdtemp(join(tmpdir(), 'cb-')); const store = await startStore(join(d,'s'));
const pg = await startProcess(['--cpu-prof','--cpu-prof-interval','200','--cpu-prof-dir=/tmp/prof','dist/main.js','--try'],{PORT:'0',DATA_DIR:d,MONGODB_URI:store.address,LOG_LEVEL:'error'},/(http:\S+)/);
const { stores, close } = await connectStores({ uri: store.address, declarations: collections });
await fill(stores.forPartnership('sample'), {partnerCount:200,interactionCount:200}); await close();
const N=1500; const w=[];
for(let i=0;i<N;i++){const t=performance.now(); await fetch(pg.address+'/playground/say',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({as:'tom',place:'dm',text:`log ${partnerName(i%200)} talked about the summer fair how:call next:"send the plan" by:"in 2 weeks"`})}).then(r=>r.json()); w.push(performance.now()-t);}
w.sort((a,b)=>a-b); console.log('p50',w[N/2].toFixed(2));
await pg.stop(); await store.stop(); await rm(d,{recursive:true});
