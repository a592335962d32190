// Measures the throughput of the arithmetic units without dependencies: eight independent values per
// thread. The operation is in the file before this one (roofline_*.wgsl).

@group(0) @binding(0) var<storage, read_write> found: Found;

@compute @workgroup_size(threads)
fn scan(@builtin(global_invocation_id) id: vec3<u32>) {
    var a = id.x;
    var b = a + job.w16;
    var c = b + job.w16;
    var d = c + job.w16;
    var e = d + job.w16;
    var f = e + job.w16;
    var g = f + job.w16;
    var h = g + job.w16;
    // 128 operations per pass.
    for (var i = 0u; i < nonces * 4u; i++) {
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
        a = work(a); b = work(b); c = work(c); d = work(d); e = work(e); f = work(f); g = work(g); h = work(h);
    }
    // The results must be used, or the compiler would remove the operations.
    if (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h) == job.bound {
        found.nonces[0] = a;
    }
}
