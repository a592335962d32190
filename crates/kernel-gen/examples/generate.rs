//! Writes the library's assembly files: `cargo run --release -p hashwatt-kernel-gen --example generate`

use hashwatt_kernel_gen::{SHIPPED, files};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(files::folder())?;
    for variant in &SHIPPED {
        let path = files::path(variant);
        std::fs::write(&path, files::text(variant)?)?;
        println!("{}", path.display());
    }
    Ok(())
}
