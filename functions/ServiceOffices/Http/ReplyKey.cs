using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Http;

/// <summary>All of a GET request that its OData answer depends on, besides the revision.</summary>
internal readonly record struct ReplyCacheKey(
    string ServiceRoot, string Path, string Query, string Accept, string MaxVersion, string Version, string Prefer, string Isolation)
{
    /// <summary>How long it is.</summary>
    public int Length => ServiceRoot.Length + Path.Length + Query.Length + Accept.Length + Prefer.Length;

    public static ReplyCacheKey Create(HttpRequest request, string serviceRoot)
    {
        var headers = request.Headers;
        return new ReplyCacheKey(
            serviceRoot,
            request.Path.Value!,
            request.QueryString.Value ?? "",
            headers.Accept.ToString(),
            headers["OData-MaxVersion"].ToString(),
            headers["OData-Version"].ToString(),
            headers["Prefer"].ToString(),
            headers["OData-Isolation"].ToString() + headers["Isolation"]);
    }
}
