namespace ODataEngine.Formats.Spreadsheets;

/// <summary>Detects strings that a spreadsheet would run as formulas. Writers escape them, and readers of spreadsheet files remove the escape.</summary>
public static class SpreadsheetFormula
{
    // OWASP: CSV injection. Excel ignores spaces before a formula.
    public static bool IsFormula(string value) =>
        value.AsSpan().TrimStart() is ['=' or '+' or '-' or '@', ..] || value is ['\t' or '\r' or '\n', ..];
}
