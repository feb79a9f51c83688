using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class DictionaryTrigger(DictionaryEndpoint endpoint)
{
    [Function("Dictionary")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "docs/data-dictionary")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
