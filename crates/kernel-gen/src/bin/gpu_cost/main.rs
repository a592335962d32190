//! Counts the instructions that an AMD GPU would execute per nonce, without such a GPU: compiles every
//! shader with Mesa's RADV for the family in `RADV_FORCE_FAMILY` and counts the instructions by kind.
//! `benches/gpu_cost.sh` calls it for several families.

mod count;
mod sys;

use count::{Counts, KINDS};
use hashwatt::scan::internals::{Shader, shaders};
use naga::back::{PipelineConstants, pipeline_constants::process_overrides, spv};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use sys::{Error, NullDevice};

/// The work of a thread per nonce in the micro-kernels: shaders/roofline.wgsl.
const PASSES: u64 = 4;
const OPERATIONS_PER_PASS: u64 = 128;

fn main() -> Result<(), Error> {
    let device = NullDevice::open()?;
    println!("### {}, {}\n", device.gpu, device.driver);
    println!("Instructions per nonce and version; for the micro-kernels per operation.\n");
    let kinds = KINDS.map(|(name, _)| name).join(" | ");
    println!("| shader | all | vector | {kinds} | VGPRs | spills |");
    println!("|---|{}", "---|".repeat(KINDS.len() + 4));
    for shader in shaders() {
        let row = row(&device, &shader).map_err(|error| format!("{}: {error}", shader.name))?;
        println!("| {} | {row} |", shader.name);
    }
    Ok(())
}

fn row(device: &NullDevice, shader: &Shader) -> Result<String, Error> {
    let compiled = device.compile(&spirv(&shader.source)?)?;
    let (trips, units) = trips_and_units(shader);
    let counts = Counts::from_assembly(&compiled.assembly, &trips)?;
    let per_unit = |count: u64| match (count, count as f64 / units as f64) {
        (0, _) => "0".to_owned(),
        (_, value) if value < 10.0 && units > 1 => format!("{value:.2}"),
        (_, value) => format!("{value:.0}"),
    };
    let counted = [counts.total, counts.vector()].into_iter().chain(counts.kinds).map(per_unit);
    let statistic = |name: &str| -> Result<u64, Error> {
        let mut named = compiled.statistics.iter().filter(|(key, _)| key == name);
        Ok(named.next().ok_or_else(|| format!("RADV reports no {name}"))?.1)
    };
    let spills = statistic("Spilled VGPRs")? + statistic("Spilled SGPRs")?;
    let registers = [statistic("VGPRs")?, spills].map(|count| count.to_string());
    Ok(counted.chain(registers).collect::<Vec<_>>().join(" | "))
}

/// The iterations of each loop of the shader for one nonce, outermost first, and the number of hashes
/// or operations that they do.
fn trips_and_units(shader: &Shader) -> (Vec<u64>, u64) {
    match shader.versions as u64 {
        1 if shader.name.starts_with("scan") => (vec![1], 1),
        1 => (vec![PASSES], PASSES * OPERATIONS_PER_PASS),
        versions => (vec![1, versions], versions),
    }
}

/// The SPIR-V that wgpu passes to Vulkan without runtime checks, for one nonce per thread.
fn spirv(source: &str) -> Result<Vec<u32>, Error> {
    let module = naga::front::wgsl::parse_str(source)?;
    let info = Validator::new(ValidationFlags::all(), Capabilities::all()).validate(&module)?;
    let constants: PipelineConstants =
        [("threads".to_owned(), 64.0), ("nonces".to_owned(), 1.0)].into_iter().collect();
    let (module, info) = process_overrides(&module, &info, None, &constants)?;
    let options = spv::Options {
        lang_version: (1, 5),
        flags: spv::WriterFlags::empty(),
        force_loop_bounding: false,
        ..Default::default()
    };
    Ok(spv::write_vec(&module, &info, &options, None)?)
}
