//! What an AMD GPU would execute for a nonce, without one: every shader compiled by Mesa's RADV for
//! the family that `RADV_FORCE_FAMILY` names, the instructions counted by kind. `benches/gpu_cost.sh`
//! calls it for several families.

mod count;
mod sys;

use count::{Counts, KINDS};
use hashwatt::scan::internals::{Shader, shaders};
use naga::back::{PipelineConstants, pipeline_constants::process_overrides, spv};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use sys::{Error, NullDevice};

/// What a thread does for each nonce in the shaders that measure: shaders/roofline.wgsl.
const PASSES: u64 = 4;
const OPERATIONS_A_PASS: u64 = 128;

fn main() -> Result<(), Error> {
    let device = NullDevice::open()?;
    println!("### {}, {}\n", device.gpu, device.driver);
    println!("Instructions a nonce and version; of the micro-kernels: an operation.\n");
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
    let (trips, of) = work(shader);
    let counts = Counts::of(&compiled.assembly, &trips)?;
    let each = |count: u64| match (count, count as f64 / of as f64) {
        (0, _) => "0".to_owned(),
        (_, each) if each < 10.0 && of > 1 => format!("{each:.2}"),
        (_, each) => format!("{each:.0}"),
    };
    let counted = [counts.all, counts.vector()].into_iter().chain(counts.kinds).map(each);
    let statistic = |name: &str| -> Result<u64, Error> {
        let mut named = compiled.statistics.iter().filter(|(there, _)| there == name);
        Ok(named.next().ok_or_else(|| format!("RADV tells no {name}"))?.1)
    };
    let spills = statistic("Spilled VGPRs")? + statistic("Spilled SGPRs")?;
    let registers = [statistic("VGPRs")?, spills].map(|count| count.to_string());
    Ok(counted.chain(registers).collect::<Vec<_>>().join(" | "))
}

/// How often each loop of the shader runs for one nonce, from the outside in, and how many hashes or
/// operations that are.
fn work(shader: &Shader) -> (Vec<u64>, u64) {
    match shader.versions as u64 {
        1 if shader.name.starts_with("scan") => (vec![1], 1),
        1 => (vec![PASSES], PASSES * OPERATIONS_A_PASS),
        versions => (vec![1, versions], versions),
    }
}

/// As wgpu hands it to Vulkan without runtime checks, for one nonce a thread.
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
