//! Tests `benches/peers.sh` with stand-ins for both programs.
#![cfg(target_os = "linux")]

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Prints the output of `hashwatt bench --json`, and only for the expected arguments.
const HASHWATT: &str = "#!/bin/sh
case \"$*\" in
'bench --kernel sha2 --threads 1 --seconds 1 --json') ;;
*) echo \"error: unexpected arguments: $*\" >&2; exit 2 ;;
esac
printf '{\\n  \"devices\": [\\n    {\\n      \"hashrate_mh_s\": 1\\n    }\\n  ],\\n'
printf '  \"hashrate_mh_s\": 12.5,\\n  \"hashrate_mh_s_ci95\": null\\n}\\n'
";

/// Runs the script with these options and a shell command as the miner.
fn script(options: &[&str], pattern: &str, miner: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let hashwatt = folder.path().join("hashwatt");
    std::fs::write(&hashwatt, HASHWATT).unwrap();
    std::fs::set_permissions(&hashwatt, PermissionsExt::from_mode(0o755)).unwrap();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new("bash")
        .arg(root.join("benches/peers.sh"))
        .args(["-k", "sha2", "-s", "1"])
        .args(options)
        .arg(&hashwatt)
        .args([pattern, "sh", "-c", miner])
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn rates_of_both_programs_are_compared_as_ratios() {
    // The last figure counts, despite colour codes and overwritten lines.
    let miner = "printf '1 kH/s\\r\\033[32m5000.0 kH/s\\033[0m\\n'; echo done >&2";
    let out = script(&["-n", "3", "-u", "kH/s"], "([0-9.]+) kH/s", miner);
    let (out, errors) = (text(&out.stdout), text(&out.stderr));
    let lines: Vec<&str> = out.lines().collect();
    let rounds = lines.iter().filter(|line| line.ends_with(" 2.500")).count();
    assert_eq!(rounds, 3, "{out}{errors}");
    assert_eq!(
        lines[lines.len() - 3..],
        [
            "hashwatt   median 12.5 MH/s (12.5 to 12.5)",
            "miner      median 5 MH/s (5 to 5)",
            "ratio      median 2.5, hashwatt over miner, pair by pair (2.5 to 2.5)",
        ]
    );
}

#[test]
fn miner_that_does_not_exit_is_stopped() {
    let out = script(&["-n", "1", "-t", "1"], "([0-9]+) MH", "echo 25 MH/s; exec sleep 60");
    assert!(text(&out.stdout).contains("ratio      median 0.5"), "{}", text(&out.stderr));
}

#[test]
fn invalid_arguments_and_failed_miners_give_a_message_and_an_exit_code() {
    let cases: [(&[&str], &str, &str, i32, &str); 14] = [
        (&[], "a)|(b", "true", 2, "PATTERN must be an extended regular expression"),
        (&["-n", "99999999999999999999"], "([0-9]+)", "true", 2, "from 1 to 99999"),
        (&["-k", "avx2,sha2"], "([0-9]+)", "true", 2, "-k takes one kernel"),
        (&[], "([0-9.]+) MH", "echo 1,234.5 MH/s", 1, "the end of a longer number"),
        (&[], "([0-9.]+) MH", "echo 1.5e3 MH/s", 1, "the end of a longer number"),
        (&[], "(MH", "true", 2, "PATTERN must be an extended regular expression"),
        (&[], "[0-9]+ MH", "true", 2, "with a group"),
        (
            &["-n", "none"],
            "([0-9]+)",
            "true",
            2,
            "-n takes a whole number from 1 to 99999, not 'none'",
        ),
        (&["-u", "TH/s"], "([0-9]+)", "true", 2, "-u takes H/s, kH/s, MH/s or GH/s"),
        (&["-c", "99999"], "([0-9]+)", "true", 2, "may not use processor '99999'"),
        (&[], "([0-9]+) MH", "echo nothing", 1, "no rate in the miner's output"),
        (&[], "(.*) MH", "echo some MH/s", 1, "gave 'some'"),
        (&[], "([0-9]+)", "echo 7; exit 3", 1, "the miner ended with exit code 3"),
        (&["-k", "avx2"], "([0-9]+)", "echo 7", 1, "unexpected arguments: bench --kernel avx2"),
    ];
    for (options, pattern, miner, code, message) in cases {
        let out = script(options, pattern, miner);
        let errors = text(&out.stderr);
        assert!(errors.contains(message), "{pattern}, {miner}: {errors}");
        assert_eq!(out.status.code(), Some(code), "{pattern}, {miner}: {errors}");
        assert!(!text(&out.stdout).contains("ratio   "), "a result despite {message}");
    }
}
