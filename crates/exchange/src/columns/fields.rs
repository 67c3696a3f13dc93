//! What an application is made of, and how people word it in headings.

/// What kind of thing stands in a column, for telling a wrong match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Words,
    Figures,
    Answer,
    Email,
}

/// A field of an application.
#[derive(Debug)]
pub struct Field {
    /// Its name in code and on the wire.
    pub name: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// Whether an application cannot be recorded without it.
    pub required: bool,
    pub(crate) sort: Sort,
    /// Headings that mean it, word for word, without capitals and punctuation; `|` between them.
    pub(crate) exact: &'static str,
    /// Phrases that mean it anywhere in a heading.
    pub(crate) phrases: &'static str,
    /// Phrases that show it is something else.
    pub(crate) never: &'static str,
}

/// The field of this name.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

macro_rules! fields {
    ($($name:literal, $label:literal, $required:literal, $sort:ident, $exact:literal, $phrases:literal, not $never:literal;)*) => {
        /// Every field, in the order of a form.
        pub const FIELDS: &[Field] = &[$(Field {
            name: $name, label: $label, required: $required, sort: Sort::$sort,
            exact: $exact, phrases: $phrases, never: $never,
        }),*];
    };
}

fields! {
    "external_reference", "Their reference", false, Words,
        "id|ref|reference|our ref|your ref|application ref|application reference|application no|application number|application id|response id|submission id|reference number|ref no|case ref",
        "application reference|application id|reference number|response id|submission id",
        not "quote|voucher|company|charity|budget";
    "received", "Received", true, Figures,
        "received|date received|received on|received date|completion time|completed|date|date submitted|submitted|submitted on|submission date|application date|date of application|timestamp|date of receipt",
        "date received|completion time|date submitted|submission date|date of application|received on",
        not "start|birth|quote|voucher|decision";
    "business", "Business", true, Words,
        "business|business name|company|company name|organisation|organization|organisation name|organization name|name of organisation|name of business|name of company|registered name|applicant|applicant organisation|firm|sme|enterprise|trading name|name of sme",
        "name of your business|name of your company|name of your organisation|name of the business|name of the company|registered name|business name|company name|organisation name|organization name|applicant organisation|legal name",
        not "number|no|research|contact|project|town|address|website|type of|previous|university|parent";
    "company_number", "Company number", false, Words,
        "company number|company no|co no|co number|co reg no|co reg number|company reg no|company registration|company registration number|company registration no|companies house number|companies house no|crn|registration number|registered number|reg no|registration no|company reg|ch number",
        "companies house number|companies house no|company number|company registration|company no|co no|registered number|company reg|co reg",
        not "charity|vat|telephone|phone|fax|mobile";
    "contact_name", "Contact name", false, Words,
        "contact|contact name|full name|your name|your full name|applicant name|name of contact|main contact|lead contact|contact person|primary contact|name of applicant",
        "your full name|contact name|name of contact|main contact|lead contact|contact person|your name",
        not "first|last|surname|given|family|forename|email|e mail|telephone|phone|number|job|organisation|business|company|academic|supervisor";
    "given_name", "Contact’s first name", false, Words,
        "first name|given name|forename|contact first name|firstname|christian name",
        "first name|given name|forename",
        not "academic|supervisor|director";
    "family_name", "Contact’s surname", false, Words,
        "surname|last name|family name|contact surname|contact last name|lastname|second name",
        "surname|last name|family name",
        not "academic|supervisor|director";
    "email", "E-mail", false, Email,
        "email|e mail|email address|e mail address|contact email|contact e mail|your email|your email address|mail",
        "email address|e mail address|your email|your e mail|contact email|contact e mail|email|e mail",
        not "academic|supervisor|consent|may we|marketing|finance|confirm|newsletter";
    "phone", "Telephone", false, Figures,
        "phone|telephone|tel|tel no|telephone number|phone number|phone no|telephone no|mobile|mobile number|mob|contact number|contact telephone|contact phone|daytime telephone|tel number",
        "telephone|phone|tel|contact number",
        not "academic|supervisor|consent|may we|email";
    "address", "Address", false, Words,
        "address|address line 1|address 1|street|street address|trading address|business address|registered address|registered office|postal address|company address|site address|address1",
        "trading address|business address|street address|registered address|registered office|postal address|address line 1|first line of address",
        not "email|e mail|web|ip|2|3|4|town|postcode";
    "town", "Town", false, Words,
        "town|city|town city|town or city|post town|town or post town|city or town",
        "town or city|post town|town city|city town",
        not "";
    "postcode", "Postcode", false, Words,
        "postcode|post code|postal code|zip|zip code|pcode|business postcode",
        "postcode|post code|postal code",
        not "address and";
    "employees", "Employees (FTE)", false, Figures,
        "employees|fte|ftes|staff|headcount|number of employees|no of employees|no employees|number of staff|fte employees|employees fte|no of staff|fte staff|employee count",
        "people do you employ|number of employees|no of employees|how many employees|how many people|full time equivalent|full time equivalents|fte|ftes|headcount|employees",
        not "created|safeguarded|new|name|turnover|jobs";
    "turnover", "Turnover", false, Figures,
        "turnover|annual turnover|t o|to|sales|last turnover|turnover gbp|annual sales",
        "annual turnover|turnover|t o",
        not "increase|growth|employees|expected|staff turnover";
    "provider", "Research organisation", false, Words,
        "university|provider|research organisation|research organization|knowledge provider|knowledge partner|knowledge base|academic partner|institution|research partner|kp|kb|hei|preferred university|preferred provider|university or college",
        "research organisation|research organization|research partner|knowledge provider|knowledge base|academic partner|which university|preferred university|university partner|would you like to work with|like to work with",
        not "contact|email|name of academic|department|before|previous";
    "title", "Project title", true, Words,
        "title|project title|title of project|project name|title of the project|name of project|project|title of your project|proposal title|application title|voucher title",
        "project title|title of project|title of the project|title of your project|name of your project|name of project|project name|proposal title",
        not "job|salutation|mr";
    "need", "Need", true, Words,
        "need|description|project description|description of project|summary|project summary|problem|challenge|the challenge|details|proposal|description of need|help needed|support needed|business need|brief|what do you need|description of the project",
        "problem or opportunity|what help do you need|help do you need|describe the problem|describe your project|describe the project|describe your challenge|project description|description of project|description of the project|description of your project|what is the problem|support do you need|business challenge|project summary",
        not "cost|outcome";
    "asked", "Asked for", true, Figures,
        "asked|asked for|amount|amount asked|amount asked for|amount requested|amount sought|grant requested|grant sought|voucher requested|voucher value|voucher amount|value requested|requested|request|requested amount|grant amount|funding requested|funding sought|amount applied for|grant applied for|voucher value requested",
        "are you asking for|amount requested|amount sought|amount asked|amount applied for|grant requested|grant sought|funding requested|funding sought|voucher requested|value of voucher|value of the voucher|how much are you asking|how much funding|how much do you need|voucher value|requested amount",
        not "awarded|approved|paid|previous|match";
    "project_cost", "Cost of the work", false, Figures,
        "project cost|total cost|cost|total project cost|quote|quote net|quotation|cost of work|cost of project|project value|total project value|quoted cost|quote amount|cost of the work|eligible cost",
        "total cost|project cost|cost of the work|cost of the project|cost of work|work quoted|total project|quoted cost|value of the quote",
        not "reference|date|ref|match|who|attach|upload";
    "earlier_vouchers", "Earlier vouchers", false, Answer,
        "previous voucher|previous vouchers|earlier vouchers|earlier voucher|had voucher before|previous awards|voucher before|past vouchers|previous innovation voucher",
        "voucher before|vouchers before|previous voucher|previous vouchers|earlier voucher|earlier vouchers|received a voucher|previous innovation voucher|previously had|previously received",
        not "subsidy|minimal financial assistance|de minimis";
    "assistance_declared", "Assistance declared", false, Figures,
        "mfa|de minimis|minimal financial assistance|mfa so far|de minimis so far|de minimis mfa so far|mfa received|mfa declared|subsidy received|subsidies received|de minimis aid|de minimis aid received|state aid received|previous subsidy|assistance declared|subsidy",
        "minimal financial assistance|de minimis|mfa|subsidy received|subsidies received|state aid received|public funding received|subsidy",
        not "confirm|declare|declaration|understand";
    "declaration", "Declaration", false, Answer,
        "declaration|declared|declaration made|declaration signed|signed|agreed|i agree|i declare|confirmed|declaration agreed",
        "i declare|we declare|i confirm|we confirm|declaration|information is correct|information is true",
        not "date|minimis|name|signatory";
    "may_contact", "May be contacted", false, Answer,
        "consent|marketing|may contact|may we contact you|contact consent|marketing consent|opt in|keep in touch|newsletter|mailing list|ok to contact",
        "may we contact|can we contact|contact you about|happy to be contacted|consent to contact|contact consent|marketing consent|keep in touch|other support|newsletter|mailing list",
        not "";
}
