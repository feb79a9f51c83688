using ServiceOffices.Tables;

namespace ServiceOffices.Editing;

/// <summary>
/// A cell of CSV that was made for Excel, such as <c>offices.excel.csv</c>, where texts are guarded so that Excel does not
/// take them for numbers, dates or formulas. It saves some of those guards and drops others.
/// </summary>
internal static class SpreadsheetCell
{
    /// <summary>The text without its guard: <c>="0114"</c> is 0114, <c>'=1+1</c> is =1+1.</summary>
    public static string RemoveGuard(string cell) => cell switch
    {
        ['=', '"', .. var text, '"'] when !text.Contains('"') => text,
        ['\'', .. var text] when SpreadsheetFormula.IsFormula(text) => text,
        _ => cell,
    };
}
