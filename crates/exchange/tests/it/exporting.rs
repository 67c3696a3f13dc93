//! The list of cases as a file: what the list shows, and nothing in it runs.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use casework::{
    applications::{self, Application, ImportFile},
    cases::{CaseQuery, CaseSort},
    money::Pence,
};
use exchange::{
    export::{self, Format},
    read,
};

use crate::{data, importing::Office};

/// Cells that run a program when a careless file is opened, and what merely begins like them.
fn dangerous() -> Vec<String> {
    let listed = std::fs::read_to_string(data("text/csv-injection-payloads.md")).unwrap();
    let payloads = listed.lines().filter(|line| line.starts_with(['=', '@', '+', '-'])).map(str::to_owned);
    let payloads: Vec<String> = payloads.collect();
    assert!(payloads.len() >= 6, "{payloads:?}");
    let others =
        ["=1+1", "+44 7700 900123", "-2+3", "\t=1", "\r=1", "＝1", "'=1", "a;=1", "a,\"=1", "a\n=1", "<b>"];
    payloads.into_iter().chain(others.map(str::to_owned)).collect()
}

fn office_of(titles: &[String]) -> Office {
    let mut office = Office::new();
    let arrived = (2u32..).zip(titles).map(|(row, title)| {
        let application = Application {
            row,
            external_reference: None,
            received_at: "2026-11-02T10:00:00Z".parse().unwrap(),
            business: title.clone(),
            company_number: None,
            contact_name: None,
            given_name: None,
            family_name: None,
            email: None,
            phone: None,
            address: None,
            town: None,
            postcode: Some(format!("MB{row} 1AA")),
            employees: None,
            turnover: None,
            provider: None,
            title: title.clone(),
            need: "Help".to_owned(),
            asked: Pence(495_050),
            project_cost: None,
            earlier_vouchers: None,
            assistance_declared: None,
            declaration: None,
            may_contact: None,
            fingerprint: row.to_string(),
        };
        (application, None)
    });
    let file = ImportFile { name: "list.csv".to_owned(), sha256: String::new(), mapping: String::new() };
    let arrived = arrived.collect();
    applications::record(&mut office.desk, &file, office.programme, Some(office.round), arrived, &|_| true)
        .unwrap();
    office
}

fn query(text: &str) -> CaseQuery {
    CaseQuery { text: text.to_owned(), sort: CaseSort::Reference, descending: false, offset: 0, limit: 1 }
}

#[test]
fn no_cell_of_an_exported_csv_begins_as_a_formula_and_each_is_read_back_as_it_was() {
    let titles = dangerous();
    let office = office_of(&titles);
    let (bytes, cases) = export::cases(&office.desk, &query(""), Format::Csv).unwrap();
    assert_eq!(cases as usize, titles.len());
    let mut raw = csv::ReaderBuilder::new().from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    for record in raw.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell:?}");
        }
    }
    let sheet = read::read(&bytes, "cases.csv", None).unwrap();
    assert_eq!(sheet.headings[0..3], ["Case", "Kind", "Programme"]);
    for (row, title) in sheet.rows.iter().zip(&titles) {
        assert_eq!([5, 6].map(|column| row.cell(column).text.as_str()), [title.as_str(); 2]);
        assert_eq!([7, 8].map(|column| row.cell(column).text.as_str()), ["2026-11-02", "4950.50"]);
    }
}

#[test]
fn an_exported_workbook_has_texts_as_texts_amounts_as_numbers_days_as_days_and_says_what_was_asked() {
    let titles = dangerous();
    let office = office_of(&titles);
    let (bytes, _) = export::cases(&office.desk, &query("kind:voucher"), Format::Xlsx).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Cases", "Query"]);
    let formulas = book.worksheet_formula("Cases").unwrap();
    assert_eq!(formulas.used_cells().count(), 0, "no cell is a formula");
    let cases = book.worksheet_range("Cases").unwrap();
    assert_eq!(cases.rows().count(), titles.len() + 1);
    for (row, title) in cases.rows().skip(1).zip(&titles) {
        assert_eq!(row[5], Data::String(title.clone()));
        assert_eq!(row[8], Data::Float(4950.5));
        assert!(row[7].is_datetime(), "{:?}", row[7]);
        assert_eq!(row[9], Data::Empty, "nothing is awarded yet");
    }
    let asked = book.worksheet_range("Query").unwrap();
    assert_eq!(asked.get_value((1, 1)), Some(&Data::String("kind:voucher".to_owned())));
    assert_eq!(asked.get_value((3, 1)), Some(&Data::String("Marlbrook Practice Office".to_owned())));
}

#[test]
fn only_what_the_query_finds_is_exported_and_a_query_not_understood_is_refused() {
    let office = office_of(&["Valve".to_owned(), "Pump".to_owned()]);
    let (bytes, cases) = export::cases(&office.desk, &query("pump"), Format::Csv).unwrap();
    assert_eq!((cases, String::from_utf8(bytes).unwrap().contains("Valve")), (1, false));
    assert!(export::cases(&office.desk, &query("stage:nowhere"), Format::Csv).is_err());
}
