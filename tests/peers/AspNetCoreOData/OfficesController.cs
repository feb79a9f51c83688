using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Routing.Controllers;

namespace ServiceOffices.Peers.AspNetCoreOData;

/// <summary>The entity set as the library's documentation shows it.</summary>
public sealed class OfficesController(OfficeList offices) : ODataController
{
    [EnableQuery]
    public ActionResult<IQueryable<Office>> Get() => Ok(offices.All.AsQueryable());

    [EnableQuery]
    public IActionResult Get(int key) => offices.Find(key) is { } office ? Ok(office) : NotFound();
}
