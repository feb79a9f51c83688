using System.Text;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

/// <summary>CSV for Excel: values are shown unchanged when the file is opened.</summary>
public sealed class ExcelTextTests
{
    [Theory]
    [InlineData("Åsele", "Åsele")]
    [InlineData("", "")]
    [InlineData("0114", "=\"0114\"")] // leading zeros
    [InlineData("12-05", "=\"12-05\"")] // a date to Excel
    [InlineData("1E5", "=\"1E5\"")]
    [InlineData("+46 771 17 70 00", "=\"+46 771 17 70 00\"")]
    [InlineData("2024-02-29", "=\"2024-02-29\"")]
    [InlineData("12 rum", "12 rum")]
    [InlineData("=1+1", "'=1+1")] // OWASP, CSV injection
    [InlineData("@SUM(1;2)|cmd", "'@SUM(1;2)|cmd")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("-", "'-")]
    [InlineData("a=1", "a=1")]
    public void Escape_Text_KeepsValueInExcel(string text, string expected) => Assert.Equal(expected, ExcelCellFormatter.Escape(text));

    [Fact]
    public void Escape_DigitsTooLongForFormula_PrefixesApostrophe() =>
        Assert.Equal("'" + new string('1', 256), ExcelCellFormatter.Escape(new string('1', 256)));

    [Theory]
    [InlineData("real", "numbers", "0,30000000000000004")]
    [InlineData("real", "infinite", "'-INF")]
    [InlineData("exact", "numbers", "1,50")]
    [InlineData("exact", "big", "=\"79228162514264337593543950335\"")] // Excel keeps 15 digits
    [InlineData("long", "numbers", "=\"9223372036854775807\"")]
    [InlineData("whole", "numbers", "-2147483648")]
    [InlineData("date", "dates", "2024-02-29")]
    [InlineData("time", "dates", "08:30:00")]
    [InlineData("instant", "dates", "2024-10-27 00:30:00")]
    [InlineData("point", "malmö", "POINT (13 55.6)")]
    [InlineData("words", "collections", "[\"a,b\",\"c\\\"d\",\"åäö\",\"\"]")]
    public void Format_Value_UsesSwedishExcelSyntax(string property, string id, string expected) =>
        Assert.Equal(expected, ExcelCellFormatter.Format(EdgeCases.Table[property], EdgeCases.Table.FindRow(id)));

    [Fact]
    public async Task Write_File_HasByteOrderMarkSemicolonsAndTitles()
    {
        var table = EdgeCases.CreateTable("ones", new TypeMapping<string?[]>("Test", "One")
            .HasProperty("code", row => row[0], new("Code", "Kod"), new("", "")).HasProperty("name", row => row[1], new("Name; full", "Namn"), new("", "")), [["0114", "Upplands \"Väsby\""], [null, "a;b"]]);

        using var output = new MemoryStream();
        await new ExcelCsvFormat().WriteAsync(RowSet.All(table), new ExportOptions("ones") { Language = Language.English }, output, TestContext.Current.CancellationToken);

        Assert.Equal("\ufeffCode;\"Name; full\"\r\n\"=\"\"0114\"\"\";\"Upplands \"\"Väsby\"\"\"\r\n;\"a;b\"\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
