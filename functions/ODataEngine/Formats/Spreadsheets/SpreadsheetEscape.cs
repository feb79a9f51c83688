namespace ODataEngine.Formats.Spreadsheets;

/// <summary>
/// Tells which strings of CSV for Excel are escaped with an apostrophe: those that a spreadsheet would run as formulas, and those that it would
/// convert and that are too long for a formula. Writers add the apostrophe, and readers of spreadsheet files remove it.
/// </summary>
public static class SpreadsheetEscape
{
    // Excel's limit for a string literal in a formula.
    internal const int MaxFormulaStringLength = 255;

    /// <summary>Returns true if a writer adds an apostrophe: also if the string begins with one that a reader would take for the escape.</summary>
    public static bool NeedsApostrophe(string value)
    {
        var text = value.AsSpan().TrimStart('\'');
        return IsFormula(text) || (text.Length > MaxFormulaStringLength && SpreadsheetConversion.IsConvertible(text));
    }

    // OWASP: CSV injection. Excel ignores spaces before a formula.
    private static bool IsFormula(ReadOnlySpan<char> value) =>
        value.TrimStart() is ['=' or '+' or '-' or '@', ..] || value is ['\t' or '\r' or '\n', ..];
}
