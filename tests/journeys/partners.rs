//! A placement and a partnership, from the enquiry to the printed letter, recorded by hand.
use journeys::{Desk, Opening, PrintShop, Printed};

/// One thing that an officer fills in.
enum Fill {
    Text(&'static str, &'static str),
    /// From the list of choices.
    Choice(&'static str, &'static str),
    /// A record, found by a part of its name.
    Record(&'static str, &'static str, &'static str),
}
use Fill::{Choice, Record, Text};

fn fill(desk: &Desk, fields: &[Fill]) {
    for field in fields {
        match *field {
            Text(label, text) => desk.type_into(label, text),
            Choice(label, choice) => desk.choose(label, choice),
            Record(label, part, name) => {
                desk.type_into(label, part);
                desk.sees_role("option", name);
                desk.press("Enter");
            }
        }
    }
}

fn records(desk: &Desk, what: &str, done: &str, fields: &[Fill]) {
    desk.press("Ctrl+K");
    desk.type_into("Go to or do anything", what);
    desk.press("Enter");
    desk.sees_role("dialog", what);
    fill(desk, fields);
    desk.click("Save");
    desk.sees(done);
}

/// Takes the step of this name; it asks for what the next stage needs.
fn moves(desk: &Desk, step: &str, fields: &[Fill], now: &str) {
    desk.click(&format!("{step}…"));
    desk.sees_role("dialog", step);
    fill(desk, fields);
    desk.click(step);
    desk.sees(&format!("is now “{now}”"));
}

fn records_the_host_and_its_people(desk: &Desk) {
    desk.click("Organisations");
    desk.click("New organisation…");
    desk.type_into("Registered name", "Quill Ceramics Ltd");
    desk.click("Fill in more");
    fill(desk, &[Text("Address", "4 Kiln Yard"), Text("Post town", "Marlbrook"), Text("Postcode", "mb91aa")]);
    desk.click("Save");
    desk.sees("Organisation Quill Ceramics Ltd made.");
    records(
        desk,
        "New person",
        "Person Nadia Okoro made.",
        &[Text("Full name", "Nadia Okoro"), Record("Organisation", "Quill", "Quill Ceramics Ltd")],
    );
}

fn brings_a_placement_to_its_agreement(desk: &Desk) {
    records(
        desk,
        "New placement case",
        "Case MGP-2026-0011 made.",
        &[
            Record("Host", "Quill", "Quill Ceramics Ltd"),
            Record("Host contact", "Nadia", "Nadia Okoro"),
            Text("Project", "A glaze that needs no lead"),
        ],
    );
    desk.sees("Supervisor at the host is not recorded.");
    desk.click("Record the role…");
    desk.sees_role("dialog", "Record the role");
    desk.click("Record the role");
    desk.sees("Supervisor at the host is needed.");
    desk.press("Escape");
    moves(
        desk,
        "Record the role",
        &[
            Text("Role", "Glaze chemist"),
            Choice("Type", "Graduate internship"),
            Text("Starts", "1 February 2027"),
            Text("Ends", "30 April 2027"),
            Record("Supervisor at the host", "Nadia", "Nadia Okoro"),
        ],
        "Role proposed",
    );
    moves(
        desk,
        "Record the host checks",
        &[
            Text("Employers’ liability insurer", "Marlbrook Mutual"),
            Choice("Risk", "Low"),
            Text("Insurance runs to", "31 December 2027"),
            Text("Health and safety checked on", "24/11/2026"),
        ],
        "Host checked",
    );
    moves(
        desk,
        "Agree the funding",
        &[
            Text("Subsidy agreed", "2,500"),
            Text("Funding decided on", "24/11/2026"),
            Choice("Employer of record", "The host"),
            Text("Pay an hour", "13.50"),
            Text("Hours a week", "35"),
        ],
        "Funding agreed",
    );
    moves(
        desk,
        "Record the candidate",
        &[
            Record("Student or graduate", "Ines Vale", "Add “Ines Vale” as new"),
            Text("Selected on", "24/11/2026"),
            Text("Right to work shown on", "24/11/2026"),
            Record("Education provider", "Ashford", "Ashford Mere Institute"),
            Choice("Already works for the host", "No"),
            Text("Graduated on", "01/07/2026"),
        ],
        "Candidate selected",
    );
    moves(desk, "Send the agreement", &[], "Agreement out");
}

fn brings_a_partnership_to_its_signatures(desk: &Desk) {
    records(
        desk,
        "New partnership case",
        "made.",
        &[
            Record("Business", "Quill", "Quill Ceramics Ltd"),
            Record("Business contact", "Nadia", "Nadia Okoro"),
            Text("Title", "Kilns that waste no heat"),
        ],
    );
    moves(
        desk,
        "Begin scoping",
        &[
            Choice("Type", "Collaborative R&D"),
            Text("The challenge", "Two thirds of the heat leaves by the flue."),
        ],
        "Scoping",
    );
    moves(
        desk,
        "Record the match",
        &[
            Record("Research organisation", "Ashford", "Ashford Mere Institute"),
            Record("Lead academic", "Giorgos", "Giorgos Fiction"),
            Text("Matched on", "24/11/2026"),
        ],
        "Matched",
    );
    moves(
        desk,
        "Record heads of terms",
        &[Text("Heads of terms on", "24/11/2026"), Choice("Results belong to", "Both")],
        "Heads of terms",
    );
    // An end before the start is refused, in words, and nothing moves until it is mended.
    desk.click("Record the signatures…");
    fill(
        desk,
        &[
            Choice("Agreement", "Lambert model"),
            Text("Last signature on", "24/11/2026"),
            Text("Starts", "1 March 2027"),
            Text("Ends", "28 February 2027"),
        ],
    );
    desk.click("Record the signatures");
    desk.sees("“Starts” is after “Ends”.");
    desk.type_into("Ends", "29 February 2028");
    desk.press("Enter");
    desk.sees("is now “Agreement signed”");
}

fn issues_and_prints(desk: &Desk, letter: &str) {
    desk.click(&format!("{letter}…"));
    desk.sees("1 ready.");
    desk.click("Change…");
    desk.sees("Print on both sides");
    desk.click("Use this printer");
    desk.no_longer_sees("Print on both sides");
    desk.click("Issue and print 1");
    desk.sees("1 letter issued.");
}

/// What is on the paper, however its lines break.
fn words_of(paper: &Printed) -> String {
    paper.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_placement_and_a_partnership_from_the_enquiry_to_the_printed_letter() {
    let shop = PrintShop::open();
    let desk = Opening::practice().environment("CUPS_SERVER", &shop.address()).open();
    records_the_host_and_its_people(&desk);
    brings_a_placement_to_its_agreement(&desk);
    issues_and_prints(&desk, "Placement confirmation");
    let paper = words_of(&shop.paper_of("Test_PDF-1"));
    for words in [
        "Placement confirmed: Ines Vale as Glaze chemist",
        "4 Kiln Yard",
        "MB9 1AA",
        "1 February 2027 to 30 April 2027",
        "£13.50 an hour, paid by the host",
        "up to £2,500",
        "Our record: Marlbrook Mutual, to 31 December 2027",
        "We confirm the placement on these terms.",
    ] {
        assert!(paper.contains(words), "the letter says {words:?}: {paper}");
    }
    desk.click("Back to Cases");

    // nobody starts on an unsigned agreement.
    let unsigned = "The agreement is not signed by the host, the student and the provider.";
    desk.sees(unsigned);
    desk.cannot_press("Record all signatures…", unsigned);
    for who in ["Host", "Student", "Provider"] {
        desk.click(&format!("Fill in: {who} signed on is not recorded."));
        desk.type_into(&format!("{who} signed on"), "24/11/2026");
        desk.press("Enter");
        desk.sees(&format!("{who} signed on changed."));
    }
    moves(&desk, "Record all signatures", &[], "Confirmed");
    desk.click("Undo: MGP-2026-0011: confirmed");
    desk.sees("Undone: MGP-2026-0011: confirmed.");
    desk.sees("Agreement out since");

    brings_a_partnership_to_its_signatures(&desk);
    issues_and_prints(&desk, "Partnership confirmation");
    let paper = words_of(&shop.paper_of("Test_PDF-2"));
    for words in [
        "Partnership confirmed: Kilns that waste no heat",
        "between Quill Ceramics Ltd and Ashford Mere Institute",
        "1 March 2027 to 29 February 2028",
        "Lambert model",
        "Giorgos Fiction",
    ] {
        assert!(paper.contains(words), "the letter says {words:?}: {paper}");
    }
}
