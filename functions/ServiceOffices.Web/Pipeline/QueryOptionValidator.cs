using Microsoft.AspNetCore.Http;
using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Validates the query options of resources other than OData.</summary>
internal static class QueryOptionValidator
{
    /// <summary>Gets the problem of the query options, or null. Unknown options are rejected, never ignored.</summary>
    public static HttpProblem? Validate(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!allowed.Contains(name))
            {
                var allowedNames = allowed.IsEmpty ? "This resource has no query options" : "Allowed: " + string.Join(", ", allowed.ToArray());
                return HttpProblem.BadRequest($"Unknown query option '{name}'. {allowedNames}.");
            }

            if (values.Count != 1)
            {
                return HttpProblem.BadRequest($"Query option '{name}' must occur only once; it occurs {values.Count} times.");
            }
        }

        return allowed.Contains(RequestLanguage.QueryOptionName) ? ValidateLanguage(request) : null;
    }

    private static HttpProblem? ValidateLanguage(HttpRequest request) =>
        request.Query[RequestLanguage.QueryOptionName] is [{ } tag] && Language.Find(tag) is null
            ? HttpProblem.BadRequest($"{RequestLanguage.QueryOptionName} must be {string.Join(" or ", Language.All.Select(language => language.Tag))}; got '{tag}'.")
            : null;
}
