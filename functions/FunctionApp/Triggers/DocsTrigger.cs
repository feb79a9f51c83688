using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class DocsTrigger(DocsEndpoint endpoint)
{
    [Function("Docs")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "docs/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
