use super::*;
use crate::params::Denomination;
use crate::scenario::Scalar;
use std::sync::atomic::{AtomicUsize, Ordering};

const CASE: &str = "power_mw = 100\nexchange_rate = \"281 PKR/USD\"\ntariff = \"12 PKR/kWh\"\n\
    infrastructure_usd_per_mw = 430000\nmachine_price_usd_per_th_s = 10\n[project]\nyears = 1\n";

fn scenario(text: &str) -> Scenario {
    Scenario::from_toml(text).unwrap()
}

fn axes(scenario: &Scenario, of: &[(&str, &str)]) -> Vec<Axis> {
    of.iter().map(|(key, text)| Axis::parse(scenario, key, text).unwrap()).collect()
}

fn no_files(_: &str) -> Result<String, String> {
    Err("no files".to_owned())
}

fn swept(text: &str, of: &[(&str, &str)]) -> Result<Sweep, SweepError> {
    let scenario = scenario(text);
    sweep(&scenario, &axes(&scenario, of), &default_figures, &no_files, &|_| true)
}

#[test]
fn sweep_rows_are_all_combinations_and_equal_single_runs() {
    let found = swept(CASE, &[("tariff", "10:14:2"), ("uptime", "0.8,0.9")]).unwrap();
    assert!(found.is_complete());
    let shown: Vec<Vec<f64>> = (0..found.rows.len())
        .map(|row| {
            let number = |point: &AxisPoint| match point.shown {
                Scalar::Number(number) => number,
                Scalar::Text(_) => f64::NAN,
            };
            found.points(row).into_iter().map(number).collect()
        })
        .collect();
    let wanted = [[10.0, 0.8], [10.0, 0.9], [12.0, 0.8], [12.0, 0.9], [14.0, 0.8], [14.0, 0.9]];
    assert_eq!(shown, wanted);
    for (row, [tariff, uptime]) in wanted.into_iter().enumerate() {
        let mut alone = scenario(CASE);
        alone.set_typed("tariff", &tariff.to_string(), "--set tariff").unwrap();
        alone.set_typed("uptime", &uptime.to_string(), "--set uptime").unwrap();
        let study = Study::new(alone.resolve().unwrap()).unwrap();
        let (estimate, base) =
            (study.estimate().unwrap(), study.simulate(BASE, &|_| true).unwrap());
        for figure in &found.figures {
            let single = estimate.base(*figure).or_else(|| base.base(*figure));
            let bits = |value: Option<f64>| value.map(f64::to_bits);
            assert_eq!(bits(found.get(row, *figure)), bits(single), "{figure:?} of row {row}");
        }
    }
    let net = Figure::Net(Party::State, Period::Whole, Denomination::Local);
    assert!(found.figures.contains(&net) && found.get(0, Figure::Npv).is_some());
    assert!(found.varied.contains("tariff") && found.varied.contains("uptime"));
    assert!(!found.varied.contains("power_mw"));
}

#[test]
fn missing_figure_is_listed_once_with_its_keys() {
    let found = swept("power_mw = 100\n", &[("uptime", "0.8,0.9,1")]).unwrap();
    assert_eq!(found.rows.len(), 3);
    let (_, missing) = found.missing.iter().find(|(figure, _)| *figure == Figure::Npv).unwrap();
    assert!(missing.keys.contains(&"tariff".to_owned()), "{missing:?}");
    assert!((0..3).all(|row| found.get(row, Figure::Npv).is_none()));
    assert!(found.get(0, Figure::Moment(Moment::BtcAfter)).is_some());
}

#[test]
fn steady_year_figures_need_no_time_path() {
    let scenario = scenario(CASE);
    let axes = axes(&scenario, &[("tariff", "10,20")]);
    let figure = Figure::Moment(Moment::MarginAfter);
    let found = sweep(&scenario, &axes, &|_| vec![figure], &no_files, &|_| true).unwrap();
    assert_eq!(found.figures, [figure]);
    assert!(found.get(0, figure) > found.get(1, figure));
    assert_eq!(found.get(0, Figure::Npv), None);
}

#[test]
fn stopped_sweep_keeps_finished_rows() {
    let scenario = scenario(CASE);
    let axes = axes(&scenario, &[("tariff", "1:300:1")]);
    let figures = |_: &Study| vec![Figure::Moment(Moment::MarginAfter)];
    let calls = AtomicUsize::new(0);
    let twice = |_| calls.fetch_add(1, Ordering::Relaxed) < 1;
    let found = sweep(&scenario, &axes, &figures, &no_files, &twice).unwrap();
    assert_eq!(
        (found.rows.len(), found.requested.len(), found.is_complete()),
        (1 + CHUNK, 300, false)
    );
}

#[test]
fn sweep_warnings_are_bounded() {
    let found = swept(CASE, &[("tariff", "300:330:1 PKR/kWh")]).unwrap();
    // Each of these prices is unusual and gives a different warning.
    assert_eq!(found.warnings.len(), MAX_WARNINGS);
    assert!(found.more_warnings > 0);
}

#[test]
fn sweep_reads_each_file_once() {
    let scenario = scenario(&format!("{CASE}[hours]\nprofile = \"h.csv\"\n"));
    let reads = AtomicUsize::new(0);
    let read = |_: &str| {
        reads.fetch_add(1, Ordering::Relaxed);
        let hours =
            (1..=12).flat_map(|month| (0..24).map(move |hour| format!("{month},{hour},1\n")));
        Ok(format!("month,hour,available\n{}", hours.collect::<String>()))
    };
    let axes = axes(&scenario, &[("tariff", "10:40:1")]);
    let figures = |_: &Study| vec![Figure::Moment(Moment::MarginAfter)];
    let found = sweep(&scenario, &axes, &figures, &read, &|_| true).unwrap();
    assert_eq!((found.rows.len(), reads.into_inner()), (31, 1));
}

#[test]
fn invalid_sweep_is_refused_with_place() {
    let lots = "power_mw = 100\n[[lot]]\npower_mw = 80\n";
    for (text, of, wanted) in [
        (CASE, &[][..], "there is no axis"),
        (CASE, &[("tariff", "1,2"), ("tariff", "3")], "tariff: is given as an axis twice"),
        (
            CASE,
            &[("tariff", "1:1000:1"), ("uptime", "0:1:0.001")],
            "there are 1001000 combinations; give fewer values, for at most 100000",
        ),
        (
            lots,
            &[("power_mw", "90,85,70,60")],
            "at power_mw = 70 MW: line 2, lot: the lots need 80 MW",
        ),
        (
            "power_mw = 5\ntariff = \"1 USD/kWh\"\n",
            &[("local_currency", "USD,PKR")],
            "at local_currency = PKR: amounts are in PKR, but in USD in the first row",
        ),
    ] {
        let message = swept(text, of).unwrap_err().to_string();
        assert!(message.starts_with(wanted), "{message}");
    }
}

#[test]
fn sweep_parts_together_equal_whole_sweep() {
    let scenario = Scenario::from_toml(CASE).unwrap();
    let axes = [("tariff", "1:90:1"), ("uptime", "0.8,0.9")]
        .map(|(key, values)| Axis::parse(&scenario, key, values).unwrap());
    let part = |rows| {
        sweep_rows(&scenario, &axes, rows, &default_figures, &|_| Err(String::new()), &|_| true)
            .unwrap()
    };
    let all = part(0..180);
    let parts = [part(0..1), part(1..100), part(100..1000), part(1000..1001)];
    assert!(all.is_complete() && parts.iter().all(Sweep::is_complete));
    let rows: Vec<_> = parts.iter().flat_map(|part| part.rows.clone()).collect();
    assert_eq!(rows, all.rows);
    assert_eq!(parts[1].points(0), all.points(1));
}

#[cfg(feature = "parallel")]
#[test]
fn sweep_rows_do_not_depend_on_threads() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let rows = || swept(CASE, &[("tariff", "1:100:1")]).unwrap();
        let found = pool.install(rows);
        let bits = found.rows.iter().flatten().map(|value| value.map(f64::to_bits));
        (bits.collect::<Vec<_>>(), found.warnings, found.missing, found.varied)
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(5));
}
