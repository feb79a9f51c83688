using System.Text;
using System.Text.Json;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

public sealed class JsonFormatTests
{
    [Fact]
    public async Task Write_NoRows_IsEmptyArray()
    {
        var json = await WriteAsync(new RowSet(EdgeCases.Table, Array.Empty<int>()));

        Assert.Equal("[\n\n]\n", json);
        Assert.Equal(0, JsonDocument.Parse(json).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Write_Rows_HasOneLineEachInOrder()
    {
        var json = await WriteAsync(new RowSet(EdgeCases.Table, new[] { 6, 0 }));

        var lines = json.Split('\n');
        Assert.Equal(["[", "]", ""], [lines[0], lines[3], lines[4]]);
        Assert.StartsWith("{\"id\":\"formula\",\"text\":\"=1+1\",\"point\":null,\"part\":null,\"words\":[],", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":\"quotes\",", lines[2], StringComparison.Ordinal);
    }

    // OData JSON Format 4.01, 7.1
    [Theory]
    [InlineData("numbers", "\"whole\":-2147483648,\"long\":9223372036854775807,\"real\":0.30000000000000004,\"exact\":1.50,\"flag\":true,")]
    [InlineData("nan", "\"real\":\"NaN\"")]
    [InlineData("infinite", "\"real\":\"-INF\"")]
    [InlineData("dates", "\"date\":\"2024-02-29\",\"time\":\"08:30:00\",\"instant\":\"2024-10-27T00:30:00Z\",\"duration\":\"P1DT2H\",\"unique\":\"0f8fad5b-d9cb-469f-a165-70867728950e\"}")]
    [InlineData("fractions", "\"time\":\"23:59:59.5\",\"instant\":\"9999-12-31T23:59:59.9999999Z\"")]
    [InlineData("malmö", "\"point\":{\"type\":\"Point\",\"coordinates\":[13,55.6]}")]
    [InlineData("åäö", "\"text\":\"Åsele, Östersund & Älvsbyn <é>\"")]
    [InlineData("part-of-nulls", "\"part\":{\"street\":null,\"postalCode\":null,\"floor\":3}")]
    [InlineData("collections", "\"parts\":[{\"street\":\"Väg \\\"1\\\"\",\"postalCode\":null,\"floor\":2},{\"street\":null,\"postalCode\":\"00100\",\"floor\":-1}]")]
    public async Task Write_Row_ContainsValue(string id, string expected)
    {
        var json = await WriteAsync(new RowSet(EdgeCases.Table, new[] { EdgeCases.Table.FindRow(id) }));

        Assert.Contains(expected, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_SmallNumbers_StayShort()
    {
        var json = await WriteAsync(RowSet.All(EdgeCases.Bytes));

        Assert.Equal("[\n{\"octet\":255,\"single\":0.1,\"short\":-32768},\n{\"octet\":0,\"single\":\"INF\",\"short\":32767}\n]\n", json);
    }

    [Fact]
    public async Task Write_EdgeCases_ReadBack()
    {
        var json = JsonDocument.Parse(await WriteAsync(RowSet.All(EdgeCases.Table))).RootElement;

        Assert.Equal(EdgeCases.All.Select(row => row.Id), json.EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        Assert.Equal(
            EdgeCases.All.Select(row => row.Text?.Replace("\ud83cb", "\ufffdb", StringComparison.Ordinal)),
            json.EnumerateArray().Select(row => row.GetProperty("text").GetString()));
        Assert.False(json[0].TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("text", "fractions", "x")]
    [InlineData("text", "null", null)]
    [InlineData("text", "empty", "")]
    [InlineData("date", "dates", "2024-02-29")]
    [InlineData("flag", "numbers", "true")]
    [InlineData("exact", "numbers", "1.50")]
    [InlineData("part", "part-of-nulls", "{\"street\":null,\"postalCode\":null,\"floor\":3}")]
    [InlineData("words", "null", "[]")]
    [InlineData("point", "malmö", "{\"type\":\"Point\",\"coordinates\":[13,55.6]}")]
    public void Format_Value_IsJsonWithoutQuotes(string property, string id, string? expected)
    {
        Assert.Equal(expected, JsonValueWriter.Format(EdgeCases.Table[property], EdgeCases.Table.FindRow(id)));
    }

    private static async Task<string> WriteAsync(RowSet rows) =>
        Encoding.UTF8.GetString(await ExportFormatsTests.WriteAsync(new JsonFormat(), rows));
}
