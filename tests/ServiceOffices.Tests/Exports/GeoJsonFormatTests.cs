using System.Text;
using System.Text.Json;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using ServiceOffices.Exports;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Exports;

public sealed class GeoJsonFormatTests
{
    private static readonly JsonSerializerOptions Reader = new() { Converters = { new GeoJsonConverterFactory() } };

    [Fact]
    public async Task Write_Point_IsAFeatureWithLongitudeFirst()
    {
        var json = await WriteAsync(new RowSet(Nasty.Table, new[] { Nasty.Table.Find("malmö") }));

        Assert.StartsWith(
            "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"malmö\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[13,55.6]}," +
            "\"properties\":{\"id\":\"malmö\",\"text\":\"Malmö\",\"part\":null,",
            json, StringComparison.Ordinal);
        Assert.DoesNotContain("crs", json, StringComparison.Ordinal); // RFC 7946, 4
    }

    [Fact]
    public async Task Write_NullPoint_HasANullGeometry()
    {
        var json = JsonDocument.Parse(await WriteAsync(new RowSet(Nasty.Table, new[] { 0 }))).RootElement;

        Assert.Equal(JsonValueKind.Null, json.GetProperty("features")[0].GetProperty("geometry").ValueKind); // RFC 7946, 3.2
    }

    [Fact]
    public async Task Write_NastyRows_AnotherReaderReadsTheSameFeatures()
    {
        var features = JsonSerializer.Deserialize<FeatureCollection>(await WriteAsync(RowSet.All(Nasty.Table)), Reader)!;

        Assert.Equal(Nasty.All.Count, features.Count);
        foreach (var (row, feature) in Nasty.All.Zip(features))
        {
            Assert.Equal(row.Id, feature.Attributes["id"]);
            var point = (Point?)feature.Geometry;
            Assert.Equal(row.Point?.Longitude, point?.X);
            Assert.Equal(row.Point?.Latitude, point?.Y);
            Assert.False(feature.Attributes.Exists("point"));
        }
    }

    [Fact]
    public void WhyNot_TypeWithoutGeography_SaysSo()
    {
        var format = new GeoJsonFormat();

        Assert.Null(format.WhyNot(Nasty.Rows.Type));
        Assert.Equal("Bytes has no geography property, and GeoJSON is for places.", format.WhyNot(Nasty.Bytes.Type));
    }

    [Fact]
    public async Task Write_TypeWithoutGeography_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(RowSet.All(Nasty.Bytes)));
    }

    private static async Task<string> WriteAsync(RowSet rows) =>
        Encoding.UTF8.GetString(await ExportFormatsTests.WriteAsync(new GeoJsonFormat(), rows));
}
