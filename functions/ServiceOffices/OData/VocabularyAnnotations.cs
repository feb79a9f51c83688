using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>What the sets and properties mean: descriptions in both languages, units and code lists with their labels.</summary>
internal static class VocabularyAnnotations
{
    // CSDL has no language tags and Core.Description is one string, so English stands alone and a qualifier marks Swedish:
    // a client that knows nothing of qualifiers shows English.
    private const string SwedishQualifier = "sv";

    public static void Add(EdmModel edm, EntityModel model)
    {
        foreach (var set in model.Sets)
        {
            AddDescription(edm, edm.EntityContainer.FindEntitySet(set.Name), set.Description);
        }

        var visitedTypes = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            Add(edm, set.Type, visitedTypes);
        }
    }

    private static void Add(EdmModel edm, StructuredType type, HashSet<StructuredType> visitedTypes)
    {
        if (!visitedTypes.Add(type))
        {
            return;
        }

        var declared = (IEdmStructuredType)EdmModelBuilder.FindType(edm, type);
        foreach (var property in type.OwnProperties)
        {
            Add(edm, declared.FindProperty(property.Name), property);
            if (property.ElementType is StructuredType complexType && !property.IsNavigation)
            {
                Add(edm, complexType, visitedTypes);
            }
        }

        foreach (var derived in type.DerivedTypes)
        {
            Add(edm, derived, visitedTypes);
        }
    }

    private static void Add(EdmModel edm, IEdmProperty target, Property property)
    {
        if ((property.Description ?? property.Title) is { } description)
        {
            AddDescription(edm, target, description);
        }

        if (property.Unit is { } unit)
        {
            Vocabulary.Measures.Annotate(edm, target, "Unit", new EdmStringConstant(unit));
        }

        if (property.AllowedValues.Count > 0)
        {
            Vocabulary.Validation.Annotate(edm, target, "AllowedValues",
                new EdmCollectionExpression(property.AllowedValues.Select(allowed => CreateAllowedValueRecord(edm, allowed))));
        }
    }

    private static void AddDescription(EdmModel edm, IEdmVocabularyAnnotatable target, LocalizedString text)
    {
        if (text.En.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.En));
        }

        if (text.Sv.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.Sv), SwedishQualifier);
        }
    }

    private static AnnotatableRecord CreateAllowedValueRecord(EdmModel edm, AllowedValue allowed)
    {
        var record = new AnnotatableRecord(new EdmPropertyConstructor("Value", new EdmStringConstant(allowed.Value)));
        AddDescription(edm, record, allowed.Label);
        return record;
    }
}
