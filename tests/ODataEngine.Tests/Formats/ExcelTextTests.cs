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

    // Values that LibreOffice 7.4 converted with the locale sv-SE or en-US, or that Excel is known to convert, and that are shown as they are now.
    [Theory]
    [InlineData("3 mars", "12 maj", "jan 1", "2-dec", "20-jan", "jan-20", "mars 2020", "2020 mars 3", "3 mar. 2020", "1 oktober", "SEPT2", "MARCH1", "maj12")]
    [InlineData("lördag 3 mars", "lördag den 3 mars 2020", "Friday, March 3, 2020", "3rd March", "Dec 2", "dec 2020")]
    [InlineData("10:30 PM", "10 AM", "10.30 fm", "10 em", "24:00", "10:30:15,5", "kl 10:30", "2020-01-01T10:00", "2020-01-01T10:00:00Z")]
    [InlineData("100 kr", "kr 100", "100kr", "-12 kr", "100:-", "100,-", "$5", "€5", "5 €", "100 SEK", "GBP 5", "(5)", "\u22125")]
    [InlineData("SANT", "Falskt", "TRUE", "false", " true ", "#N/A", "#REF!", "#SAKNAS!")]
    [InlineData("1e5", "1 E 5", "1E+5", "1d5", "0114", "007", "1/2", "1 1/2", "50 %", "50%", "1,5", ".5", ",5", "5.", "1.000,5", "1 000", "1\u00a0000", "1'000", "１２")]
    public void Escape_TextThatSpreadsheetsConvert_IsGuarded(params string[] texts) =>
        Assert.All(texts, text => Assert.Equal($"=\"{text}\"", ExcelCellFormatter.Escape(text)));

    [Theory]
    [InlineData("12 rum", "Storgatan 1", "maj", "Mars-Maj", "mars", "Q1 2020", "v. 12", "plan 3", "1 jan i år", "0x10", "sant och rätt", "1 ½ timme", "a1b2", "[1,2]")]
    public void Escape_OtherText_IsUnchanged(params string[] texts) => Assert.All(texts, text => Assert.Equal(text, ExcelCellFormatter.Escape(text)));

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
