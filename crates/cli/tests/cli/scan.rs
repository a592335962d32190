//! `hashwatt scan` and `hashwatt kernels`.

use super::*;

#[test]
fn real_block_is_found_by_every_kernel() {
    let available = Kernel::all_available().map(Kernel::name);
    for kernel in available.chain(["auto"]) {
        for (header, nonce, start) in [
            (GENESIS_HEX, 2_083_236_893u64, "0x7c2bac00"),
            (BLOCK_125552_HEX, 2_504_433_986, "2504433000"),
        ] {
            let found = json(&[
                "scan", "--header", header, "--start", start, "--count", "4096", "--kernel",
                kernel, "--json",
            ]);
            assert_eq!(found["hits"][0]["nonce"], nonce);
            assert_eq!(found["hits"].as_array().unwrap().len(), 1);
            assert_eq!((&found["complete"], &found["hashes"]), (&true.into(), &"4096".into()));
            assert!(kernel == "auto" || found["kernel"] == kernel);
        }
    }
}

/// Stdout and stderr of a scan of one nonce.
fn scanned(header: &[&str], more: &[&str]) -> (String, String) {
    let one = ["--count", "1", "--kernel", "sha2", "--threads", "1"];
    let arguments = [&["scan", "--header"], header, &one, more].concat();
    let output = hashwatt(&arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn scan_shows_header_fields_in_every_input_format() {
    let (plain, stderr) = scanned(&[BLOCK_125552_HEX], &[]);
    assert_eq!(stderr, "");
    for line in [
        "  version       1 (0x00000001)\n",
        "  previous hash 00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81\n",
        "  time          2011-05-21 17:26:31 UTC\n",
        "  bits          1a44b9f2, difficulty 244,112.487774\n",
    ] {
        assert!(plain.contains(line), "{plain}");
    }
    let upper = format!("0x{}", BLOCK_125552_HEX.to_uppercase());
    let (first, rest) = BLOCK_125552_HEX.split_at(80);
    let in_lines = format!("{first}\r\n {rest}\n");
    // The last one as a shell splits an unquoted argument.
    for header in [&[upper.as_str()][..], &[&in_lines], &[first, rest]] {
        assert_eq!(scanned(header, &[]), (plain.clone(), String::new()));
    }
    let (easy, _) = scanned(&[GENESIS_HEX], &["--bits", "0x207fffff"]);
    assert!(easy.contains("  bits          1d00ffff, difficulty 1\n"), "{easy}");
    assert!(easy.contains("  searched for  207fffff, difficulty 4.657e-10\n"), "{easy}");
    let json: Value = serde_json::from_str(&scanned(&[GENESIS_HEX], &["--json"]).0).unwrap();
    assert_eq!(json["understood"]["time_utc"], "2009-01-03T18:15:05Z");
    assert_eq!((&json["warnings"], &json["target"]["difficulty"]), (&json!([]), &json!(1.0)));
}

#[test]
fn scan_of_reversed_header_warns_and_searches_it_unchanged() {
    let header: Header = BLOCK_125552_HEX.parse().unwrap();
    let shown = Header {
        prev_block: header.prev_block.reversed(),
        merkle_root: header.merkle_root.reversed(),
        ..header
    };
    let mut reversed = header.to_bytes();
    let swapped: Vec<u8> = reversed.chunks(4).flat_map(|w| w.iter().rev()).copied().collect();
    reversed.reverse();
    for (hex, key, words) in [
        (shown.to_hex(), "hashes_reversed", "the previous hash reversed, the merkle root reversed"),
        (hex::encode(swapped), "words_swapped", "the previous hash with every four bytes reversed"),
        (hex::encode(reversed), "bytes_reversed", "does with all 80 bytes reversed"),
    ] {
        // A header with reversed bits has no valid target of its own.
        let bits = ["--bits", "1a44b9f2", "--start", "2504433986"];
        let (stdout, stderr) = scanned(&[&hex], &[&bits[..], &["--json"]].concat());
        let report: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((&report["hits"], &report["warnings"][0]["key"]), (&json!([]), &json!(key)));
        let (text, _) = scanned(&[&hex], &bits);
        let in_report = report["warnings"][0]["text"].as_str().unwrap();
        for message in [&stderr, in_report, &text] {
            assert!(message.contains(words) && message.contains(BLOCK_125552_HEX), "{message}");
        }
    }
    // In the right byte order the same nonce is found, without a warning.
    let (found, stderr) = scanned(&[BLOCK_125552_HEX], &["--start", "2504433986"]);
    assert!(found.contains("1 hits") && stderr.is_empty(), "{found}{stderr}");
}

#[test]
fn scan_of_getwork_data_is_refused_with_contained_header() {
    let header = BLOCK_125552_HEX.to_owned();
    let padded = format!("{header}80000000{}00000280", "0".repeat(80));
    let bytes = hex::decode(padded).unwrap();
    let data: Vec<u8> = bytes.chunks(4).flat_map(|word| word.iter().rev()).copied().collect();
    let (stdout, stderr) = scanned(&[&hex::encode(data)], &[]);
    assert!(
        stdout.is_empty() && stderr.contains("getwork") && stderr.contains(&header),
        "{stderr}"
    );
}

#[test]
fn kernels_list_has_one_chosen_kernel() {
    let listed = json(&["kernels", "--json"]);
    let kernels = listed["kernels"].as_array().unwrap();
    assert_eq!(kernels.len(), Kernel::ALL.len());
    assert_eq!(kernels.iter().filter(|kernel| kernel["chosen"] == true).count(), 1);
    for kernel in kernels {
        let available = kernel["available"].as_bool().unwrap();
        assert_eq!(kernel["rate_mh_s"].is_number(), available, "{kernel}");
        assert_eq!(kernel["reason"].is_null(), available, "{kernel}");
        assert!(kernel["lanes"].as_u64().unwrap() > 0);
        let name = kernel["name"].as_str().unwrap();
        // A kernel that this machine does not support is an input error, not a crash.
        let forced = ["scan", "--header", GENESIS_HEX, "--count", "1", "--kernel", name];
        hashwatt(&forced).assert().code(if available { 0 } else { 2 });
    }
}

#[test]
fn bits_option_overrides_header() {
    let easy = ["scan", "--header", GENESIS_HEX, "--bits", "207fffff", "--count", "0x40", "--json"];
    let found = json(&easy);
    let hits = found["hits"].as_array().unwrap();
    // Half of 64 hashes on average; the exact set is checked against the reference elsewhere.
    assert!((10..54).contains(&hits.len()), "{}", hits.len());
    let nonces: Vec<_> = hits.iter().map(|hit| hit["nonce"].as_u64().unwrap()).collect();
    assert!(nonces.is_sorted() && nonces.iter().all(|&nonce| nonce < 64));
    // An empty search is a valid result.
    let none = json(&["scan", "--header", GENESIS_HEX, "--count", "0", "--json"]);
    assert_eq!((&none["hashes"], &none["complete"]), (&"0".into(), &true.into()));
    // The last nonce, with the default count.
    let last = json(&["scan", "--header", GENESIS_HEX, "--start", "4294967295", "--json"]);
    assert_eq!(last["hashes"], "1");
}
