import sys,random,json
sys.path.insert(0,'/work/shared/model')
import merge_rules as M, histories as H
yes=lambda p,k,pol: True
for mod in (M,H):
    mod.may_change=yes; mod.may_settle=yes
    mod.strong=lambda p,k,pol: False
    mod.violated=lambda v: None
def run(n,seed):
    r=random.Random(seed); out=[]
    while len(out)<n:
        people,ops=H.gen(r,{'forge':0,'no':('forge','push')})
        ok=True; cl=[]
        for o in ops:
            if o[0]=='edit':
                kv=tuple((k,x) for k,x in o[2] if k not in (M.PATH,M.CLOSE))
                if not kv: continue
                o=('edit',o[1],kv)
            if o[0]=='gitpull': o=o[:3]+(None,)
            if o[0]=='relay' and len(o)>5: o=o[:5]+(None,)
            cl.append(o)
        s=H.Hist(people,'new',M.ALL)
        try:
            for o in cl: s.op(o)
            s.finish()
        except IndexError: continue
        if any(c.v[M.OWN] is None and any(c.v[k] is not None for k in M.DEF if k!=M.OWN) for c in s.w.c): continue
        commits=[]
        for c in s.w.c:
            commits.append(dict(id=c.id,parents=list(c.parents),author=c.author,kind=c.kind,v=list(c.v),
                props=[dict(key=M.NAMES[p.key],value=p.value,by=p.by,commit=p.commit) for p in sorted(c.props,key=lambda x:str(x.id))]))
        if sum(c['kind']=='sync' for c in commits)<1: continue
        out.append(dict(commits=commits,log=s.log))
    return out
json.dump(run(int(sys.argv[1]),int(sys.argv[2])),open(sys.argv[3],'w'))
