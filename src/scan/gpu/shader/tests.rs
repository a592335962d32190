//! Every shader as the front and back ends of wgpu see it.

use super::*;
use crate::scan::gpu::job::{GpuJob, VersionsJob};

/// The shaders in every variant, for every system's shading language.
#[test]
fn naga_takes_every_variant_for_every_system() {
    use naga::back::{hlsl, msl, spv};
    use naga::valid::{Capabilities, ValidationFlags, Validator};

    for addition in [Addition::Plain, Addition::Multiply] {
        let scans = [JobIn::Immediates, JobIn::Buffer].map(|job_in| source(addition, job_in));
        let micros =
            [Micro::Rotate, Micro::Multiply, Micro::Mix].map(|micro| micro_source(micro, addition));
        let versions = [2, 4].map(|versions| versions_source(addition, versions));
        for text in scans.into_iter().chain(micros).chain(versions) {
            let module = naga::front::wgsl::parse_str(&text).unwrap();
            let info = Validator::new(ValidationFlags::all(), Capabilities::all())
                .validate(&module)
                .unwrap();
            if text.contains("VERSIONS") {
                layout_is_the_versions(&module);
            } else {
                layout_is_the_jobs(&module);
            }
            let constants: naga::back::PipelineConstants =
                [("threads".to_owned(), 64.0), ("nonces".to_owned(), 16.0)].into_iter().collect();
            let (module, info) =
                naga::back::pipeline_constants::process_overrides(&module, &info, None, &constants)
                    .unwrap();
            spv::write_vec(&module, &info, &spv::Options::default(), None).unwrap();
            let msl = msl::Options { fake_missing_bindings: true, ..Default::default() };
            msl::write_string(&module, &info, &msl, &msl::PipelineOptions::default()).unwrap();
            let mut out = String::new();
            let target = hlsl::BindTarget::default();
            let hlsl = hlsl::Options {
                fake_missing_bindings: true,
                immediates_target: Some(target),
                ..Default::default()
            };
            let pipeline = hlsl::PipelineOptions::default();
            hlsl::Writer::new(&mut out, &hlsl, &pipeline).write(&module, &info, None).unwrap();
        }
    }
}

fn layout_is_the_versions(module: &naga::Module) {
    let named = |name: &str| {
        let found = module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some(name));
        match &found.expect(name).1.inner {
            naga::TypeInner::Struct { members, span } => (members.clone(), *span as usize),
            other => panic!("{other:?}"),
        }
    };
    let (version, span) = named("Version");
    let offsets: Vec<u32> = version.iter().map(|member| member.offset).collect();
    assert_eq!((&offsets[..], span), (&[0, 16, 32, 48][..], 64));
    let (job, span) = named("Job");
    let names: Vec<&str> = job.iter().filter_map(|member| member.name.as_deref()).collect();
    let common = ["w16", "w17", "part18", "part19", "part31", "part32", "bound", "first", "count"];
    assert_eq!(names, [&["versions"][..], &common, &["one"]].concat());
    assert_eq!(job[1].offset as usize, std::mem::offset_of!(VersionsJob, common));
    assert_eq!(span, size_of::<VersionsJob>());
}

/// Every member of the shader's job stands where Rust puts it.
fn layout_is_the_jobs(module: &naga::Module) {
    use std::mem::offset_of;
    let (_, ty) =
        module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some("Job")).expect("a Job");
    let naga::TypeInner::Struct { members, span } = &ty.inner else { panic!("no struct") };
    let expected = [
        ("midstate_abcd", offset_of!(GpuJob, midstate)),
        ("midstate_efgh", offset_of!(GpuJob, midstate) + 16),
        ("state_abcd", offset_of!(GpuJob, state)),
        ("state_efgh", offset_of!(GpuJob, state) + 16),
        ("w16", offset_of!(GpuJob, w16)),
        ("w17", offset_of!(GpuJob, w17)),
        ("part18", offset_of!(GpuJob, part18)),
        ("part19", offset_of!(GpuJob, part19)),
        ("part31", offset_of!(GpuJob, part31)),
        ("part32", offset_of!(GpuJob, part32)),
        ("bound", offset_of!(GpuJob, bound)),
        ("first", offset_of!(GpuJob, first)),
        ("count", offset_of!(GpuJob, count)),
        ("one", offset_of!(GpuJob, one)),
    ];
    let there: Vec<(&str, usize)> = members
        .iter()
        .map(|member| (member.name.as_deref().unwrap_or(""), member.offset as usize))
        .collect();
    assert_eq!(there, expected);
    assert_eq!(*span as usize, size_of::<GpuJob>());
}
