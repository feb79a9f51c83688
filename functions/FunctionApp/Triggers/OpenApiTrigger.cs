using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class OpenApiTrigger(OpenApiEndpoint endpoint)
{
    [Function("OpenApi")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "openapi.json")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
