using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Editing.Imports;

namespace ServiceOffices.Tests.Editing;

public sealed class SpreadsheetCellTests
{
    [Theory]
    [InlineData("0114")]
    [InlineData("+46771223344")]
    [InlineData("2020-07-01")]
    [InlineData("=1+1")]
    [InlineData("  =cmd|'/c calc'!A1")]
    [InlineData("@nå")]
    [InlineData("-")]
    [InlineData("\tindrag")]
    [InlineData("")]
    [InlineData("Åsele, \"nya\" kontoret")]
    [InlineData("'s-Hertogenbosch")]
    [InlineData("'=1+1")]
    [InlineData("'+46")]
    [InlineData("'-a")]
    [InlineData("'@nå")]
    [InlineData("''=1+1")]
    [InlineData("' =1")]
    [InlineData("[{\"agency\":\"skatteverket\",\"levels\":[]}]")]
    [InlineData("3 mars")]
    [InlineData("10:30 PM")]
    [InlineData("100 kr")]
    [InlineData("SANT")]
    [InlineData("1/2")]
    [InlineData("#N/A")]
    [InlineData("'50 %")]
    public void Parse_CellOfExcelDownload_ReturnsOriginalString(string text) =>
        Assert.Equal(text, SpreadsheetCell.RemoveGuard(ExcelCellFormatter.Escape(text)));

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("''")]
    public void Parse_DigitsTooLongForFormula_ReturnsOriginalString(string prefix)
    {
        var text = prefix + new string('1', 300);

        Assert.Equal(text, SpreadsheetCell.RemoveGuard(ExcelCellFormatter.Escape(text)));
    }

    [Theory]
    [InlineData("=\"0114\"", "0114")]
    [InlineData("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
    [InlineData("=\"\"", "")]
    [InlineData("=\"", "=\"")]
    [InlineData("'", "'")]
    public void Parse_AnyCell_RemovesOnlyGuard(string cell, string text) => Assert.Equal(text, SpreadsheetCell.RemoveGuard(cell));
}
