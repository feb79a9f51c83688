namespace ServiceOffices.OData;

/// <summary>What stands around the items of a collection (OData JSON Format 4.01, 4.5): context, count, value and links.</summary>
internal static class CollectionEnvelope
{
    /// <param name="fragment">What the context URL says of the items.</param>
    /// <param name="count">Null where it was not asked for.</param>
    /// <param name="nextLink">Null where nothing follows.</param>
    /// <param name="writeItems">Writes the items as an array.</param>
    /// <param name="deltaLink">Null where changes are not tracked, or more pages follow.</param>
    public static ODataResponse Write(
        ReadContext context, string fragment, long? count, string? nextLink, Action<JsonPayloadWriter, RowWriter> writeItems, string? deltaLink = null) =>
        context.CreateJsonResponse(fragment, (json, rowWriter) =>
        {
            var prefix = context.Format.ControlPrefix;
            if (count is { } number)
            {
                json.WriteMember(prefix + "count", number);
            }

            json.WriteName("value");
            writeItems(json, rowWriter);
            if (nextLink is not null)
            {
                json.WriteMember(prefix + "nextLink", nextLink);
            }

            if (deltaLink is not null)
            {
                json.WriteMember(prefix + "deltaLink", deltaLink);
            }
        });
}
