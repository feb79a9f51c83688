using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class ODataTrigger(ODataEndpoint endpoint)
{
    [Function("OData")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "odata/v1/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
