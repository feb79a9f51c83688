namespace ODataEngine.Formats.Spreadsheets;

/// <summary>Which texts a spreadsheet would run: who writes for one guards them, and who reads its files takes the guard off.</summary>
public static class SpreadsheetFormula
{
    // OWASP: CSV injection. Excel passes over spaces before a formula.
    public static bool IsFormula(string value) =>
        value.AsSpan().TrimStart() is ['=' or '+' or '-' or '@', ..] || value is ['\t' or '\r' or '\n', ..];
}
