using System.Globalization;
using Microsoft.Spatial;
using ODataEngine.Model;

namespace ServiceOffices.Testing.Payloads;

/// <summary>Compares what was read back with the tables that it was written from.</summary>
internal static class PayloadValues
{
    /// <summary>The resource has every structural property of the row, and each has the row's value.</summary>
    public static void Same(Table table, int row, PayloadResource actual)
    {
        Assert.Equal(table.Type.FullName, actual.Type);
        foreach (var property in table.Type.Properties.Where(property => !property.IsNavigation))
        {
            Assert.True(actual.Values.ContainsKey(property.Name), $"Row {row} of {table.Type} has no '{property}'.");
            Same(table[property], row, actual[property.Name]);
        }
    }

    public static void Same(Column column, int row, object? actual)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                Assert.Null(actual);
                break;
            case ComplexColumn complex:
                Same(complex.Fields, row, (PayloadResource)actual!);
                break;
            case CollectionColumn collection:
                SameItems(collection, row, (PayloadCollection)actual!);
                break;
            case ValueColumn value:
                var expected = value.GetBoxedValue(row);
                Assert.Equal(expected, Plain(actual, expected));
                break;
        }
    }

    private static void SameItems(CollectionColumn column, int row, PayloadCollection actual)
    {
        Assert.Equal(column.GetCount(row), actual.Items.Count);
        for (var i = 0; i < actual.Items.Count; i++)
        {
            if (actual.Items[i] is PayloadResource item)
            {
                Same(column.Elements, column.Starts[row] + i, item);
            }
            else
            {
                Same(column.Elements.GetColumn(0), column.Starts[row] + i, actual.Items[i]);
            }
        }
    }

    // The library has types of its own: for points, and obsolete ones for dates and times, which need not be named here.
    private static object? Plain(object? actual, object? expected) => (actual, expected) switch
    {
        (GeographyPoint point, _) => new GeoPoint(point.Longitude, point.Latitude),
        (not null, DateOnly) => DateOnly.Parse(actual.ToString()!, CultureInfo.InvariantCulture),
        (not null, TimeOnly) => TimeOnly.Parse(actual.ToString()!, CultureInfo.InvariantCulture),
        _ => actual,
    };
}
