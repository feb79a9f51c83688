using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>The rule for cells that can only be texts (docs/downloads.md): a value's JSON without quotes, a place as WKT.</summary>
internal static class CellText
{
    /// <summary>Any value but null.</summary>
    public static string Of(Column column, int row) => column switch
    {
        ValueColumn<GeoPoint> c => Wkt.Of(c.Values[row]),
        ValueColumn<Geometry> c => Wkt.Of(c.Values[row]),
        _ => JsonValues.Text(column, row)!,
    };
}
