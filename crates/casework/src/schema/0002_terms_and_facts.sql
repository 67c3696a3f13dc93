-- Terms of a programme that no rule asked for until now, and the facts that rules look at.

ALTER TABLE office ADD COLUMN nation TEXT NOT NULL DEFAULT 'england_and_wales'; -- whose bank holidays count

ALTER TABLE programmes ADD COLUMN match_cash_min INTEGER; -- share of the match that must be cash
ALTER TABLE programmes ADD COLUMN provider_share INTEGER; -- of what we pay, where both are paid
ALTER TABLE programmes ADD COLUMN graduate_within_years INTEGER;

ALTER TABLE vouchers ADD COLUMN cost_includes_vat INTEGER;
ALTER TABLE vouchers ADD COLUMN vat_amount INTEGER; -- as quoted; none means at the rate of the day

-- Frozen with the award; none on awards made before this step, which were all net of VAT.
ALTER TABLE awards ADD COLUMN vat_amount INTEGER;
ALTER TABLE awards ADD COLUMN vat_eligible INTEGER;
ALTER TABLE awards ADD COLUMN paid_to_provider INTEGER;

ALTER TABLE placements ADD COLUMN insurance_cover INTEGER;
ALTER TABLE placements ADD COLUMN site_visited_on TEXT;
ALTER TABLE placements ADD COLUMN wage_band TEXT;
ALTER TABLE placements ADD COLUMN wage_exemption TEXT;
ALTER TABLE placements ADD COLUMN hours_limit INTEGER; -- hundredths
ALTER TABLE placements ADD COLUMN employed_by_host INTEGER;
ALTER TABLE placements ADD COLUMN graduated_on TEXT;
ALTER TABLE placements ADD COLUMN wages_paid_on TEXT;
ALTER TABLE placements ADD COLUMN claimed INTEGER;
ALTER TABLE placements ADD COLUMN claimed_on TEXT;
ALTER TABLE placements ADD COLUMN paid INTEGER;
ALTER TABLE placements ADD COLUMN paid_on TEXT;

-- Limits of law that a register made before this step does not hold yet; a new one gets them when its office is set up.
INSERT INTO statutory_limits (id, code, amount, valid_from, source)
SELECT unhex(column1), column2, column3, column4, column5 FROM (VALUES
    ('0193c0de000270008000000000000001', 'minimum_wage', 1144, '2024-04-01', 'National Minimum Wage Regulations 2015, rates from April 2024, aged 21 and over'),
    ('0193c0de000270008000000000000002', 'minimum_wage_18_to_20', 860, '2024-04-01', 'National Minimum Wage Regulations 2015, rates from April 2024, aged 18 to 20'),
    ('0193c0de000270008000000000000003', 'minimum_wage_18_to_20', 1000, '2025-04-01', 'National Minimum Wage Regulations 2015, rates from April 2025, aged 18 to 20'),
    ('0193c0de000270008000000000000004', 'minimum_wage_18_to_20', 1085, '2026-04-01', 'National Minimum Wage Regulations 2015, rates from April 2026, aged 18 to 20 (check before relying on it)'),
    ('0193c0de000270008000000000000005', 'minimum_wage_under_18', 640, '2024-04-01', 'National Minimum Wage Regulations 2015, rates from April 2024, under 18'),
    ('0193c0de000270008000000000000006', 'minimum_wage_under_18', 755, '2025-04-01', 'National Minimum Wage Regulations 2015, rates from April 2025, under 18'),
    ('0193c0de000270008000000000000007', 'minimum_wage_under_18', 800, '2026-04-01', 'National Minimum Wage Regulations 2015, rates from April 2026, under 18 (check before relying on it)'),
    ('0193c0de000270008000000000000008', 'minimum_wage_apprentice', 640, '2024-04-01', 'National Minimum Wage Regulations 2015, rates from April 2024, apprentices'),
    ('0193c0de000270008000000000000009', 'minimum_wage_apprentice', 755, '2025-04-01', 'National Minimum Wage Regulations 2015, rates from April 2025, apprentices'),
    ('0193c0de00027000800000000000000a', 'minimum_wage_apprentice', 800, '2026-04-01', 'National Minimum Wage Regulations 2015, rates from April 2026, apprentices (check before relying on it)'),
    ('0193c0de00027000800000000000000b', 'employers_liability', 500000000, '1999-01-01', 'Employers’ Liability (Compulsory Insurance) Regulations 1998, reg.3'))
WHERE EXISTS (SELECT 1 FROM statutory_limits);
