using System.Text;
using System.Text.Json;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;
using ServiceOffices.Testing;
using Sylvan.Data.Csv;

namespace ODataEngine.Tests.Formats;

public sealed class CsvFormatTests
{
    [Fact]
    public async Task Write_Header_HasNamesAndPathsWithoutNavigation()
    {
        var csv = await WriteAsync(new RowSet(EdgeCases.Table, Array.Empty<int>()));

        Assert.Equal("id,text,point,part/street,part/postalCode,part/floor,words,parts,whole,long,real,exact,flag,date,time,instant,duration,unique\r\n", csv);
    }

    [Fact]
    public async Task Write_Start_HasNoByteOrderMark()
    {
        var file = await ExportFormatsTests.WriteAsync(new CsvFormat(), RowSet.All(EdgeCases.Table));

        Assert.Equal((byte)'i', file[0]);
    }

    [Theory]
    [InlineData("quotes", "quotes,\"She said \"\"hej\"\", then left.\",")] // RFC 4180, 2.6 and 2.7
    [InlineData("only-quotes", "only-quotes,\"\"\"\"\"\"\"\",")]
    [InlineData("zeros", "zeros,0114,,Storgatan 1,01234,0,")]
    [InlineData("formula", "formula,=1+1,,")]
    [InlineData("empty", "empty,\"\",,")]
    [InlineData("null", "null,,,")]
    [InlineData("spaces", "spaces,  around  ,")]
    [InlineData("malmö", "malmö,Malmö,POINT (13 55.6),")]
    [InlineData("part-of-nulls", "part-of-nulls,x,,,,3,[],[],")]
    [InlineData("collections", "collections,x,,,,,\"[\"\"a,b\"\",\"\"c\\\"\"d\"\",\"\"åäö\"\",\"\"\"\"]\",\"[{\"\"street\"\":\"\"Väg \\\"\"1\\\"\"\"\",")]
    public async Task Write_Row_StartsWithValues(string id, string expected)
    {
        var csv = await WriteAsync(new RowSet(EdgeCases.Table, new[] { EdgeCases.Table.FindRow(id) }));

        Assert.StartsWith(expected, csv.Split("\r\n", 2)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numbers", "-2147483648,9223372036854775807,0.30000000000000004,1.50,true,,,,,")]
    [InlineData("big", "2147483647,-9223372036854775808,1E+300,79228162514264337593543950335,false,,,,,")]
    [InlineData("nan", "0,0,NaN,,,,,,,")]
    [InlineData("infinite", "0,0,-INF,,,,,,,")]
    [InlineData("dates", "0,0,0,,,2024-02-29,08:30:00,2024-10-27T00:30:00Z,P1DT2H,0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("fractions", "0,0,0,,,0001-01-01,23:59:59.5,9999-12-31T23:59:59.9999999Z,-PT1.5S,")]
    public async Task Write_Row_EndsWithValues(string id, string expected)
    {
        var csv = await WriteAsync(new RowSet(EdgeCases.Table, new[] { EdgeCases.Table.FindRow(id) }));

        Assert.EndsWith("," + expected + "\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_SingleNullColumn_WritesLine()
    {
        var table = EdgeCases.CreateTable("ones", new TypeMapping<string[]>("Test", "One").HasProperty("only", row => row[0], new("", ""), new("", "")), [["a"], [null!]]);

        var csv = await WriteAsync(RowSet.All(table));

        Assert.Equal("only\r\na\r\n\"\"\r\n", csv);
    }

    [Fact]
    public async Task Write_EdgeCases_ReadBackByIndependentReader()
    {
        var csv = await WriteAsync(RowSet.All(EdgeCases.Table));

        await using var reader = await CsvDataReader.CreateAsync(new StringReader(csv), cancel: TestContext.Current.CancellationToken);
        foreach (var row in EdgeCases.All)
        {
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(18, reader.RowFieldCount);
            Assert.Equal(row.Id, Field("id"));
            Assert.Equal((row.Text ?? "").Replace("\ud83cb", "\ufffdb", StringComparison.Ordinal), Field("text"));
            Assert.Equal(row.Part?.PostalCode ?? "", Field("part/postalCode"));
            Assert.Equal(row.Words ?? [], JsonSerializer.Deserialize<string[]>(Field("words"))!);
            Assert.Equal((row.Parts ?? []).Count, JsonDocument.Parse(Field("parts")).RootElement.GetArrayLength());
            Assert.Equal(row.Long, reader.GetInt64(reader.GetOrdinal("long")));
            Assert.Equal(row.Flag?.ToString().ToLowerInvariant() ?? "", Field("flag"));
        }

        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
        string Field(string name) => reader.GetString(reader.GetOrdinal(name));
    }

    private static async Task<string> WriteAsync(RowSet rows) =>
        Encoding.UTF8.GetString(await ExportFormatsTests.WriteAsync(new CsvFormat(), rows));
}
