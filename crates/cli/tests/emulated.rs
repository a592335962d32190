//! The command on older processors, emulated by QEMU in user mode. Without QEMU the tests are skipped;
//! `HASHWATT_REQUIRE_QEMU=1` makes its absence a failure.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use hashwatt_test_support::headers::BLOCK_125552_HEX;
use serde_json::Value;
use std::process::{Command, Output};

/// Processors, each with the kernels that it supports and those that it does not. None of them has SHA
/// instructions or AVX-512.
const PROCESSORS: [(&str, &[&str], &[&str]); 4] = [
    ("qemu64", &[], &["sse41", "avx2", "avx512", "sha-ni", "hybrid", "arm-sha2"]),
    ("Nehalem", &["sse41"], &["avx2", "avx512", "sha-ni", "hybrid", "arm-sha2"]),
    ("Haswell", &["sse41", "avx2"], &["avx512", "sha-ni", "hybrid", "arm-sha2"]),
    // The processor has AVX2, but the operating system does not save its registers.
    ("Haswell,-xsave", &["sse41"], &["avx2", "avx512", "sha-ni", "hybrid", "arm-sha2"]),
];

fn hashwatt_on(processor: &str, arguments: &[&str]) -> Output {
    Command::new("qemu-x86_64")
        .args(["-cpu", processor, env!("CARGO_BIN_EXE_hashwatt")])
        .args(arguments)
        .output()
        .unwrap()
}

fn emulator_is_available() -> bool {
    let available = Command::new("qemu-x86_64").arg("--version").output().is_ok();
    let required = std::env::var_os("HASHWATT_REQUIRE_QEMU").is_some_and(|value| value == "1");
    assert!(available || !required, "HASHWATT_REQUIRE_QEMU is set and qemu-x86_64 is not in PATH");
    if !available {
        println!("skipped: no qemu-x86_64");
    }
    available
}

#[test]
fn kernels_are_detected_on_emulated_processor() {
    if !emulator_is_available() {
        return;
    }
    for (processor, supported, missing) in PROCESSORS {
        let output = hashwatt_on(processor, &["kernels", "--json"]);
        assert!(output.status.success(), "{processor}: {output:?}");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let available = |name: &str| {
            let rows = report["kernels"].as_array().unwrap();
            rows.iter().find(|row| row["name"] == name).unwrap()["available"] == true
        };
        for portable in ["scalar", "sha2", "sha2-naive"] {
            assert!(available(portable), "{processor}: {portable}");
        }
        assert!(supported.iter().all(|name| available(name)), "{processor}: {report}");
        assert!(!missing.iter().any(|name| available(name)), "{processor}: {report}");
    }
}

#[test]
fn auto_kernel_finds_block_and_unavailable_kernel_is_refused() {
    if !emulator_is_available() {
        return;
    }
    for (processor, supported, missing) in PROCESSORS {
        let scan = |kernel: &str| {
            let nonces = ["--start", "2504433980", "--count", "100"];
            let what = ["scan", "--json", "--header", BLOCK_125552_HEX, "--kernel", kernel];
            hashwatt_on(processor, &[&what[..], &nonces].concat())
        };
        for kernel in supported.iter().chain(&["auto"]) {
            let output = scan(kernel);
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(report["hits"][0]["nonce"], 2_504_433_986u32, "{processor}: {kernel}");
        }
        for kernel in missing {
            let output = scan(kernel);
            // Not a signal: no unsupported instruction was executed.
            assert_eq!(output.status.code(), Some(2), "{processor}: {kernel}: {output:?}");
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(message.contains(&format!("kernel {kernel} needs")), "{message}");
        }
    }
}
