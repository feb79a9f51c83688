using System.Globalization;
using Microsoft.Spatial;
using ODataEngine.Model;
using ServiceOffices.ODataFuzz.Payloads;

namespace ServiceOffices.Testing.Payloads;

/// <summary>Compares values that were read with the tables that they were written from.</summary>
internal static class PayloadValues
{
    /// <summary>Asserts that the resource has every structural property of the row, with its value.</summary>
    public static void AssertEqual(Table table, int row, PayloadResource actual)
    {
        Assert.Equal(table.Type.FullName, actual.Type);
        foreach (var property in table.Type.Properties.Where(property => !property.IsNavigation))
        {
            Assert.True(actual.Values.ContainsKey(property.Name), $"Row {row} of {table.Type} has no '{property}'.");
            AssertEqual(table[property], row, actual[property.Name]);
        }
    }

    public static void AssertEqual(Column column, int row, object? actual)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                Assert.Null(actual);
                break;
            case ComplexColumn complex:
                AssertEqual(complex.Fields, row, (PayloadResource)actual!);
                break;
            case CollectionColumn collection:
                AssertItemsEqual(collection, row, (PayloadCollection)actual!);
                break;
            case ValueColumn value:
                var expected = value.GetBoxedValue(row);
                Assert.Equal(expected, Plain(actual, expected));
                break;
        }
    }

    private static void AssertItemsEqual(CollectionColumn column, int row, PayloadCollection actual)
    {
        Assert.Equal(column.GetCount(row), actual.Items.Count);
        for (var i = 0; i < actual.Items.Count; i++)
        {
            if (actual.Items[i] is PayloadResource item)
            {
                AssertEqual(column.Elements, column.Starts[row] + i, item);
            }
            else
            {
                AssertEqual(column.Elements.GetColumn(0), column.Starts[row] + i, actual.Items[i]);
            }
        }
    }

    // The library has its own types for points, dates and times.
    private static object? Plain(object? actual, object? expected) => (actual, expected) switch
    {
        (GeographyPoint point, _) => new GeoPoint(point.Longitude, point.Latitude),
        (not null, DateOnly) => DateOnly.Parse(actual.ToString()!, CultureInfo.InvariantCulture),
        (not null, TimeOnly) => TimeOnly.Parse(actual.ToString()!, CultureInfo.InvariantCulture),
        _ => actual,
    };
}
