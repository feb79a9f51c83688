using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>The rule for cells that can only be texts (docs/downloads.md): a value's JSON without quotes, a place as WKT.</summary>
internal static class CellFormatter
{
    /// <summary>Any value but null.</summary>
    public static string Format(Column column, int row) => column switch
    {
        ValueColumn<GeoPoint> c => WktFormatter.Format(c.Values[row]),
        ValueColumn<Geometry> c => WktFormatter.Format(c.Values[row]),
        _ => JsonValueWriter.Format(column, row)!,
    };
}
