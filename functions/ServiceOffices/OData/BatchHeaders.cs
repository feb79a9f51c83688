namespace ServiceOffices.OData;

/// <summary>The fields that a batched response carries.</summary>
internal static class BatchHeaders
{
    public static IEnumerable<(string Name, string Value)> GetHeaders(ODataResponse response)
    {
        if (response.ContentType is not null)
        {
            yield return ("Content-Type", response.ContentType);
        }

        foreach (var header in response.Headers)
        {
            yield return header;
        }

        if (response.ETag is not null)
        {
            yield return ("ETag", response.ETag);
        }
    }
}
