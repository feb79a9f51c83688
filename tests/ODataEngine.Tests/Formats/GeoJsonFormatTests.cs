using System.Text;
using System.Text.Json;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using ODataEngine.Formats.Geo;
using ODataEngine.Model;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

public sealed class GeoJsonFormatTests
{
    private static readonly JsonSerializerOptions Reader = new() { Converters = { new GeoJsonConverterFactory() } };

    [Fact]
    public async Task Write_Point_HasLongitudeFirst()
    {
        var json = await WriteAsync(new RowSet(EdgeCases.Table, new[] { EdgeCases.Table.FindRow("malmö") }));

        Assert.StartsWith(
            "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"malmö\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[13,55.6]}," +
            "\"properties\":{\"id\":\"malmö\",\"text\":\"Malmö\",\"part\":null,",
            json, StringComparison.Ordinal);
        Assert.DoesNotContain("crs", json, StringComparison.Ordinal); // RFC 7946, 4
    }

    [Fact]
    public async Task Write_NullPoint_HasNullGeometry()
    {
        var json = JsonDocument.Parse(await WriteAsync(new RowSet(EdgeCases.Table, new[] { 0 }))).RootElement;

        Assert.Equal(JsonValueKind.Null, json.GetProperty("features")[0].GetProperty("geometry").ValueKind); // RFC 7946, 3.2
    }

    [Fact]
    public async Task Write_EdgeCases_ReadBackByIndependentReader()
    {
        var features = JsonSerializer.Deserialize<FeatureCollection>(await WriteAsync(RowSet.All(EdgeCases.Table)), Reader)!;

        Assert.Equal(EdgeCases.All.Count, features.Count);
        foreach (var (row, feature) in EdgeCases.All.Zip(features))
        {
            Assert.Equal(row.Id, feature.Attributes["id"]);
            var point = (Point?)feature.Geometry;
            Assert.Equal(row.Point?.Longitude, point?.X);
            Assert.Equal(row.Point?.Latitude, point?.Y);
            Assert.False(feature.Attributes.Exists("point"));
        }
    }

    [Fact]
    public void GetUnsupportedReason_TypeWithoutGeography_ReturnsReason()
    {
        var format = new GeoJsonFormat();

        Assert.Null(format.GetUnsupportedReason(EdgeCases.Rows.Type));
        Assert.Equal("Bytes has no geography property; GeoJSON requires one.", format.GetUnsupportedReason(EdgeCases.Bytes.Type));
    }

    [Fact]
    public async Task Write_TypeWithoutGeography_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(RowSet.All(EdgeCases.Bytes)));
    }

    private static async Task<string> WriteAsync(RowSet rows) =>
        Encoding.UTF8.GetString(await ExportFormatsTests.WriteAsync(new GeoJsonFormat(), rows));
}
