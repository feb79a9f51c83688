namespace ServiceOffices.OData;

/// <summary>What stands around the items of a collection (OData JSON Format 4.01, 4.5): context, count, value and links.</summary>
internal static class Envelope
{
    /// <param name="fragment">What the context URL says of the items.</param>
    /// <param name="count">Null where it was not asked for.</param>
    /// <param name="nextLink">Null where nothing follows.</param>
    /// <param name="writeItems">Writes the items as an array.</param>
    /// <param name="deltaLink">Null where changes are not tracked, or more pages follow.</param>
    public static ODataResponse Write(
        ReadRequest read, string fragment, long? count, string? nextLink, Action<JsonOutput, RowWriter> writeItems, string? deltaLink = null) =>
        read.Json(fragment, (json, rows) =>
        {
            var prefix = read.Format.Prefix;
            if (count is { } number)
            {
                json.Member(prefix + "count", number);
            }

            json.Name("value");
            writeItems(json, rows);
            if (nextLink is not null)
            {
                json.Member(prefix + "nextLink", nextLink);
            }

            if (deltaLink is not null)
            {
                json.Member(prefix + "deltaLink", deltaLink);
            }
        });
}
