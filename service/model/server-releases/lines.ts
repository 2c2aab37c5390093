// The lines of releases of nats-server: which get fixes, from https://docs.nats.io/release-notes and the dates of the tags.
// This file is the one place to edit when a line begins or ends: two get fixes, the newest and the one before it.
//
// Columns, two blanks or more apart: the line; the day of its first version; its last version and that version's day, or
// `-` while it gets fixes.

export const LINES = `
1.4   2019-01-15  1.4.1    2019-02-07
2.0   2019-06-05  2.0.4    2019-08-15
2.1   2019-09-20  2.1.9    2020-11-02
2.2   2021-03-14  2.2.6    2021-05-24
2.3   2021-06-23  2.3.4    2021-08-04
2.4   2021-08-26  2.4.0    2021-08-26
2.5   2021-09-09  2.5.0    2021-09-09
2.6   2021-09-21  2.6.6    2021-12-02
2.7   2022-01-13  2.7.4    2022-03-09
2.8   2022-04-18  2.8.4    2022-05-26
2.9   2022-09-09  2.9.25   2024-03-01
2.10  2023-09-19  2.10.29  2025-05-01
2.11  2025-03-19  2.11.17  2026-04-27
2.12  2025-09-22  -        -
2.14  2026-04-30  -        -
`;
